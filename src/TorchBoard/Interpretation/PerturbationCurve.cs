namespace TorchBoard.Interpretation;

/// <summary>
/// The score of an input as positions are removed or restored in the order of an explanation; compares explanations of
/// one input. Immutable, thread-safe.
/// </summary>
public sealed class PerturbationCurve
{
    private readonly double[] _shares;
    private readonly double[] _scores;

    private PerturbationCurve(double[] shares, double[] scores)
    {
        _shares = shares;
        _scores = scores;
    }

    /// <summary>
    /// The fractions of positions that were removed or restored, ascending, 0 to 1. Positions are whole, so the steps
    /// are as equal as their number permits: 5 positions in 3 steps are 0, 0.4, 0.6, 1. If there are more steps than
    /// positions, there is one step per position.
    /// </summary>
    public ReadOnlySpan<double> Shares => _shares;

    /// <summary>The score for each of <see cref="Shares"/>.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>
    /// The area under the curve divided by its width, in units of the score: the mean score by the trapezoidal rule.
    /// </summary>
    public double Area
    {
        get
        {
            double area = 0;
            for (int i = 1; i < _shares.Length; i++)
                area += (_shares[i] - _shares[i - 1]) * (_scores[i] + _scores[i - 1]) / 2;
            return _shares.Length > 1 ? area / (_shares[^1] - _shares[0]) : _scores[0];
        }
    }

    /// <summary>
    /// Deletion: removes the most important positions first. A smaller <see cref="Area"/> is better. Petsiuk, Das and
    /// Saenko, "RISE: Randomized Input Sampling for Explanation of Black-box Models", 2018.
    /// </summary>
    /// <param name="predict">The model; it evaluates each input once, at most one more than there are steps.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape.</param>
    /// <param name="attribution">
    /// The explanation: one value per number of the input, or per position of its last dimensions, which then applies
    /// to all channels. Positions with equal values keep their order.
    /// </param>
    /// <param name="options">Steps (50 by default), baseline (zeros), batch size.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>The curve from the whole input (share 0) to the baseline (share 1).</returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static PerturbationCurve Deletion(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        PerturbationOptions? options = null, CancellationToken cancellationToken = default) =>
        Of(predict, input, shape, attribution, options, isInsertion: false, cancellationToken);

    /// <summary>
    /// Insertion: restores the most important positions first. A larger <see cref="Area"/> is better. Petsiuk et al.
    /// 2018.
    /// </summary>
    /// <inheritdoc cref="Deletion"/>
    /// <returns>The curve from the baseline (share 0) to the whole input (share 1).</returns>
    public static PerturbationCurve Insertion(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        PerturbationOptions? options = null, CancellationToken cancellationToken = default) =>
        Of(predict, input, shape, attribution, options, isInsertion: true, cancellationToken);

    /// <summary>
    /// ROAD: removes pixels and infills them from their surroundings, so that the shape of the hole does not inform the
    /// model. Rong et al., "A Consistent and Efficient Evaluation Strategy for Attribution Methods", 2022.
    /// </summary>
    /// <remarks>
    /// To compare explanations by one number, take half the difference of the two areas: the area with the least
    /// important pixels first minus the area with the most important first. Larger is better.
    /// </remarks>
    /// <param name="predict">The model; it evaluates each input once, at most one less than there are steps.</param>
    /// <param name="input">The picture.</param>
    /// <param name="shape">The picture's shape: [C, H, W].</param>
    /// <param name="attribution">The explanation, shape [H, W].</param>
    /// <param name="leastFirst">Whether the least important pixels are removed first; false by default.</param>
    /// <param name="options">Steps (10 by default, for fractions 0.1 to 0.9), noise (0.01), seed, batch size.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>The curve, without its ends.</returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, there are fewer than 2 steps, the input is not finite, or the model returned a score that is
    /// not finite.
    /// </exception>
    public static PerturbationCurve Road(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        bool leastFirst = false, PerturbationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        options ??= new PerturbationOptions { Steps = 10 };
        Argument.AtLeast(options.Steps, 2, nameof(PerturbationOptions.Steps));
        var explained = new ExplainedInput(input, shape);
        if (explained.Shape.Length != 3)
        {
            throw new ArgumentException(
                $"The shape of a picture must be [C, H, W]; was {Argument.Text(explained.Shape)}.", nameof(shape));
        }

        int[] order = OrderOf(attribution, explained);
        Argument.Length(order.Length, explained.Shape[1] * explained.Shape[2], nameof(attribution), "one per pixel");
        if (order.Length < 2)
            throw new ArgumentException("The picture must have at least 2 pixels; has 1.", nameof(shape));
        if (leastFirst)
            Array.Reverse(order);
        var infill = new NoisyInfill(explained, options.Noise, options.Seed);
        int[] counts = [.. CountsOf(options.Steps, order).Where(count => count > 0 && count < order.Length)];
        double[] scores = new Batches(explained.Length, options, counts.Length, cancellationToken).Scores(
            predict, counts.Length, (index, filled) => infill.Fill(order.AsSpan(0, counts[index]), filled));
        return new(SharesOf(counts, order), scores);
    }

    private static PerturbationCurve Of(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        PerturbationOptions? options, bool isInsertion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(predict);
        options ??= PerturbationOptions.Default;
        var explained = new ExplainedInput(input, shape);
        float[] baseline = explained.Baseline(options.Baseline);
        (float[] before, float[] after) = isInsertion ? (baseline, explained.Values) : (explained.Values, baseline);
        int[] order = OrderOf(attribution, explained);
        int[] counts = CountsOf(options.Steps, order);
        double[] scores = new Batches(explained.Length, options, counts.Length, cancellationToken).Scores(
            predict,
            counts.Length,
            (index, mixed) =>
            {
                before.CopyTo(mixed);
                foreach (int place in order.AsSpan(0, counts[index]))
                {
                    for (int i = place; i < mixed.Length; i += order.Length)
                        mixed[i] = after[i];
                }
            });
        return new(SharesOf(counts, order), scores);
    }

    /// <summary>Returns how many positions are changed, from none to all.</summary>
    private static int[] CountsOf(int steps, int[] order) =>
    [
        .. Enumerable.Range(0, steps + 1).Select(step => (int)Math.Round((double)step / steps * order.Length)).Distinct(),
    ];

    private static double[] SharesOf(int[] counts, int[] order) =>
        Array.ConvertAll(counts, count => (double)count / order.Length);

    /// <summary>Returns the positions from the largest value to the smallest.</summary>
    private static int[] OrderOf(Attribution attribution, ExplainedInput input)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        double[] values = attribution.Values.ToArray();
        FeatureGroups.ThrowIfNoPlane(values.Length, input, nameof(attribution));
        return [.. Enumerable.Range(0, values.Length).OrderByDescending(place => values[place])];
    }
}
