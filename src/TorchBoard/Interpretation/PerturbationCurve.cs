namespace TorchBoard.Interpretation;

/// <summary>
/// How a score changes as an input is taken apart, or put together, in the order of an explanation: by this,
/// explanations of one input are compared. Immutable, thread-safe.
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

    /// <summary>The share of the places that were taken away, or put back: ascending, 0 to 1.</summary>
    public ReadOnlySpan<double> Shares => _shares;

    /// <summary>The score for each of <see cref="Shares"/>.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>
    /// The area below the curve divided by its width, in units of the score: the mean score, by the trapezoidal rule.
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
    /// Deletion: takes what matters most away first. The smaller <see cref="Area"/>, the better the explanation.
    /// Petsiuk, Das and Saenko, "RISE: Randomized Input Sampling for Explanation of Black-box Models", 2018.
    /// </summary>
    /// <param name="predict">The model; it is asked once more than there are steps.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape.</param>
    /// <param name="attribution">
    /// The explanation: a value for each number of the input, or for each place of its last dimensions, whose numbers
    /// in all channels then go together. Places of equal value go in their order.
    /// </param>
    /// <param name="options">Steps (50 by default), baseline (zeros), batch size.</param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
    /// <returns>The curve from the whole input (share 0) to the baseline (share 1).</returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit together, the input is not finite, or the model gave a score that is not.
    /// </exception>
    public static PerturbationCurve Deletion(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        PerturbationOptions? options = null, CancellationToken cancellationToken = default) =>
        Of(predict, input, shape, attribution, options, isInsertion: false, cancellationToken);

    /// <summary>
    /// Insertion: puts what matters most back first. The greater <see cref="Area"/>, the better the explanation.
    /// Petsiuk et al. 2018.
    /// </summary>
    /// <inheritdoc cref="Deletion"/>
    /// <returns>The curve from the baseline (share 0) to the whole input (share 1).</returns>
    public static PerturbationCurve Insertion(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        PerturbationOptions? options = null, CancellationToken cancellationToken = default) =>
        Of(predict, input, shape, attribution, options, isInsertion: true, cancellationToken);

    /// <summary>
    /// ROAD: takes pixels away and fills them in from those around, so that the hole itself tells a model nothing. Rong
    /// et al., "A Consistent and Efficient Evaluation Strategy for Attribution Methods", 2022.
    /// </summary>
    /// <remarks>
    /// The difference of the areas of the two orders, least first less most first, halved, is one number to compare
    /// explanations by: the greater, the better.
    /// </remarks>
    /// <param name="predict">The model; it is asked once less than there are steps.</param>
    /// <param name="input">The picture.</param>
    /// <param name="shape">Its shape: [C, H, W].</param>
    /// <param name="attribution">The explanation, shape [H, W].</param>
    /// <param name="leastFirst">Whether what matters least goes first; no by default.</param>
    /// <param name="options">
    /// Steps (10 by default: shares 0.1 to 0.9), noise (0.01), seed, batch size.
    /// </param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
    /// <returns>The curve, without its ends.</returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit together, there are less than 2 steps, the input is not finite, or the model gave a score that
    /// is not.
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
                $"A picture has the shape [C, H, W]; it is {Argument.Text(explained.Shape)}.", nameof(shape));
        }

        int[] order = OrderOf(attribution, explained);
        Argument.Length(order.Length, explained.Shape[1] * explained.Shape[2], nameof(attribution), "one a pixel");
        if (leastFirst)
            Array.Reverse(order);
        var infill = new NoisyInfill(explained, options.Noise, options.Seed);
        double[] shares = [.. Enumerable.Range(1, options.Steps - 1).Select(step => (double)step / options.Steps)];
        double[] scores = new Batches(explained.Length, options, shares.Length, cancellationToken).Scores(
            predict,
            shares.Length,
            (index, filled) => infill.Fill(order.AsSpan(0, CountOf(shares[index], order)), filled));
        return new(shares, scores);
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
        double[] shares = [.. Enumerable.Range(0, options.Steps + 1).Select(step => (double)step / options.Steps)];
        double[] scores = new Batches(explained.Length, options, shares.Length, cancellationToken).Scores(
            predict,
            shares.Length,
            (index, mixed) =>
            {
                before.CopyTo(mixed);
                foreach (int place in order.AsSpan(0, CountOf(shares[index], order)))
                {
                    for (int i = place; i < mixed.Length; i += order.Length)
                        mixed[i] = after[i];
                }
            });
        return new(shares, scores);
    }

    private static int CountOf(double share, int[] order) => (int)Math.Round(share * order.Length);

    /// <summary>The places from the greatest value to the least.</summary>
    private static int[] OrderOf(Attribution attribution, ExplainedInput input)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        double[] values = attribution.Values.ToArray();
        FeatureGroups.ThrowIfNoPlane(values.Length, input, nameof(attribution));
        return [.. Enumerable.Range(0, values.Length).OrderByDescending(place => values[place])];
    }
}
