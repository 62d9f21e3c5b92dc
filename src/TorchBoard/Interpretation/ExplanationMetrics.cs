using System.Numerics.Tensors;
using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// Measures how good explanations are: infidelity, maximum sensitivity, faithfulness correlation, drop and increase of
/// the confidence; <see cref="PerturbationCurve"/> has deletion, insertion and ROAD. <c>Compare</c> computes all of them
/// for several methods.
/// </summary>
/// <remarks>
/// An attribution has one value per number of the input, or per position of its last dimensions, which then applies to
/// all channels.
/// </remarks>
public static partial class ExplanationMetrics
{
    private const double NoiseShare = 0.1;
    private const int ShareOfPositions = 10;

    /// <summary>
    /// Infidelity: the mean of (Iᵀφ − (f(x) − f(x − I)))² over random changes I of the input. 0 is an attribution φ that
    /// predicts every change. Yeh et al., "On the (In)fidelity and Sensitivity of Explanations", 2019.
    /// </summary>
    /// <remarks>
    /// As captum recommends, an attribution in units of the score (<see cref="Attribution.IsInUnitsOfScore"/>) is first
    /// divided by the distance of the input from <see cref="ExplanationMetricOptions.Baseline"/> (by 1 where they are
    /// equal), as it predicts what the whole distance changes.
    /// </remarks>
    /// <param name="predict">The model; it evaluates one input per sample and the whole input.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape.</param>
    /// <param name="attribution">The explanation.</param>
    /// <param name="options">Samples (10 by default), changes (normal noise), normalization (yes), baseline, seed.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>At least 0, in units of the squared score.</returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, a number is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static double Infidelity(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        ExplanationMetricOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        options ??= ExplanationMetricOptions.Default;
        var explained = new ExplainedInput(input, shape);
        double[] slopes = SlopesOf(attribution, explained, explained.Baseline(options.Baseline));
        Action<int, Span<float>> change = options.Change ?? Noise(explained, options.Seed);
        double[] predicted = new double[options.Samples];
        float[] changes = new float[explained.Length];
        double[] scores = new Batches(explained.Length, options, options.Samples + 1, cancellationToken).Scores(
            predict,
            options.Samples + 1,
            (index, changed) =>
            {
                explained.Values.CopyTo(changed);
                if (index == 0)
                    return;
                Array.Clear(changes);
                change(index - 1, changes);
                Argument.Finite(changes, nameof(ExplanationMetricOptions.Change));
                for (int i = 0; i < changed.Length; i++)
                {
                    changed[i] -= changes[i];
                    predicted[index - 1] += slopes[i] * changes[i];
                }
            });

        double[] actual = Array.ConvertAll(scores[1..], score => scores[0] - score);
        double squares = TensorPrimitives.SumOfSquares<double>(predicted);
        double factor = options.Normalize && squares > 0
            ? TensorPrimitives.Dot<double>(predicted, actual) / squares
            : 1;
        return predicted.Zip(actual, (guess, truth) => Math.Pow((factor * guess) - truth, 2)).Average();
    }

    /// <summary>
    /// Maximum sensitivity: the largest ‖φ(y) − φ(x)‖ / ‖φ(x)‖ over random inputs y whose numbers differ from those of x
    /// by at most a radius; the divisor is 1 if φ(x) is zero. 0 is a method that small changes do not affect. Yeh et
    /// al., "On the (In)fidelity and Sensitivity of Explanations", 2019, normalized as in captum.
    /// </summary>
    /// <param name="explain">The method; it explains the input and one changed input per sample.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="options">Samples (10 by default), radius (0.02), seed.</param>
    /// <param name="cancellationToken">Cancels the work before the next sample.</param>
    /// <returns>At least 0, without unit.</returns>
    /// <exception cref="ArgumentException">
    /// The input is empty or not finite, or the attributions differ in size.
    /// </exception>
    public static double MaxSensitivity(
        Func<float[], Attribution> explain, ReadOnlySpan<float> input, ExplanationMetricOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(explain);
        options ??= ExplanationMetricOptions.Default;
        var explained = new ExplainedInput(input, []);
        Attribution own = Explained(explained.Values);
        double norm = TensorPrimitives.Norm(own.Values);
        var random = new Random(options.Seed);
        double most = 0;
        for (int sample = 0; sample < options.Samples; sample++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] near = Array.ConvertAll(
                explained.Values, value => (float)(value + (options.Radius * ((2 * random.NextDouble()) - 1))));
            ReadOnlySpan<double> values = Explained(near).Values;
            Argument.Length(values.Length, own.Values.Length, nameof(explain), "as for the input");
            most = Math.Max(most, TensorPrimitives.Distance(values, own.Values));
            options.Progress?.Report((sample + 1.0) / options.Samples);
        }

        return most / (norm > 0 ? norm : 1);

        Attribution Explained(float[] values) =>
            explain([.. values]) ?? throw new ArgumentException("The explanation is null.", nameof(explain));
    }

    /// <summary>
    /// Faithfulness correlation: Pearson's correlation, over random subsets of positions, of the sum of their
    /// attributions and how far the score falls when they are removed. Bhatt, Weller and Moura, "Evaluating and
    /// Aggregating Feature-based Model Explanations", 2020.
    /// </summary>
    /// <param name="predict">The model; it evaluates one input per subset and the whole input.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape.</param>
    /// <param name="attribution">The explanation.</param>
    /// <param name="options">Subsets (100 by default), their size (a tenth of the positions), baseline, seed.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// −1 to 1; NaN if all subsets have the same sum or the same score, as for an attribution of zeros or a single
    /// position.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, subsets are larger than the number of positions, a number is not finite, or the model
    /// returned a score that is not finite.
    /// </exception>
    public static double FaithfulnessCorrelation(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        ExplanationMetricOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(attribution);
        options ??= ExplanationMetricOptions.Default;
        var explained = new ExplainedInput(input, shape);
        int positions = attribution.Values.Length;
        FeatureGroups.ThrowIfNoPlane(positions, explained, nameof(attribution));
        int size = options.SubsetSize ?? Math.Max(1, positions / ShareOfPositions);
        if (size > positions)
        {
            throw new ArgumentException(
                $"A subset must have at most as many positions as the attribution, {positions}; was {size}.",
                nameof(options));
        }

        float[] baseline = explained.Baseline(options.Baseline);
        int[] order = [.. Enumerable.Range(0, positions)];
        var random = new Random(options.Seed);
        double[] sums = new double[options.Subsets];
        double[] scores = new Batches(explained.Length, options, options.Subsets + 1, cancellationToken).Scores(
            predict,
            options.Subsets + 1,
            (index, mixed) =>
            {
                explained.Values.CopyTo(mixed);
                if (index == 0)
                    return;
                for (int k = 0; k < size; k++)
                {
                    int other = random.Next(k, positions);
                    (order[k], order[other]) = (order[other], order[k]);
                    sums[index - 1] += attribution.Values[order[k]];
                    for (int i = order[k]; i < mixed.Length; i += positions)
                        mixed[i] = baseline[i];
                }
            });
        return Correlation(sums, Array.ConvertAll(scores[1..], score => scores[0] - score));
    }

    /// <summary>
    /// Drop and increase of the confidence when only what the attribution shows is left: the input times the attribution
    /// without negative values, divided by its maximum. Their means over many inputs are the average drop and the
    /// increase in confidence. Chattopadhyay et al., "Grad-CAM++: Generalized Gradient-Based Visual Explanations for
    /// Deep Convolutional Networks", 2018.
    /// </summary>
    /// <remarks>
    /// The score must be a confidence, such as a probability, not a logit. pytorch-grad-cam does not divide the drop by
    /// the score.
    /// </remarks>
    /// <param name="predict">The model; it evaluates two inputs.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape.</param>
    /// <param name="attribution">The explanation; if it is nowhere positive, nothing of the input is left.</param>
    /// <param name="options">Baseline (zeros by default), to which the rest of the input fades.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Drop: max(0, f(x) − f(masked x)) / f(x), 0 to 1 if no score is negative; NaN if f(x) is not positive. Increase:
    /// whether f(masked x) is larger than f(x).
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, a number is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static (double Drop, bool Increases) ConfidenceChange(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        ExplanationMetricOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(attribution);
        options ??= ExplanationMetricOptions.Default;
        var explained = new ExplainedInput(input, shape);
        double[] mask = attribution.Values.ToArray();
        FeatureGroups.ThrowIfNoPlane(mask.Length, explained, nameof(attribution));
        float[] baseline = explained.Baseline(options.Baseline);
        double largest = mask.Max();
        double[] scores = new Batches(explained.Length, options, 2, cancellationToken).Scores(
            predict,
            2,
            (index, masked) =>
            {
                for (int i = 0; i < masked.Length; i++)
                {
                    double kept = index == 0 ? 1 : largest > 0 ? Math.Max(mask[i % mask.Length], 0) / largest : 0;
                    masked[i] = (float)(baseline[i] + (kept * ((double)explained.Values[i] - baseline[i])));
                }
            });
        double drop = scores[0] > 0 ? Math.Max(0, scores[0] - scores[1]) / scores[0] : double.NaN;
        return (drop, scores[1] > scores[0]);
    }

    /// <summary>Returns the change of the score per change of each number of the input.</summary>
    private static double[] SlopesOf(Attribution attribution, ExplainedInput input, float[] baseline)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        int positions = attribution.Values.Length;
        FeatureGroups.ThrowIfNoPlane(positions, input, nameof(attribution));

        // The value of a position is the sum over its channels.
        double channels = input.Length / positions;
        double[] slopes = new double[input.Length];
        for (int i = 0; i < slopes.Length; i++)
        {
            double distance = (double)input.Values[i] - baseline[i];
            slopes[i] = attribution.Values[i % positions] / channels
                / (attribution.IsInUnitsOfScore && distance != 0 ? distance : 1);
        }

        return slopes;
    }

    private static Action<int, Span<float>> Noise(ExplainedInput input, int seed)
    {
        double range = input.Values.Max() - (double)input.Values.Min();
        double deviation = NoiseShare * (range > 0 ? range : 1);
        var noise = new NormalNoise(seed);
        return (_, change) =>
        {
            foreach (ref float value in change)
                value = (float)(deviation * noise.Next());
        };
    }

    private static double Correlation(double[] a, double[] b)
    {
        double[] x = Centered(a);
        double[] y = Centered(b);
        double norms = TensorPrimitives.Norm<double>(x) * TensorPrimitives.Norm<double>(y);
        return norms > 0 ? Math.Clamp(TensorPrimitives.Dot<double>(x, y) / norms, -1, 1) : double.NaN;
    }

    /// <summary>Subtracts the mean; what is left of equal numbers is exactly 0.</summary>
    private static double[] Centered(double[] values)
    {
        const double resolution = 1e-12;
        double mean = values.Average();
        double least = resolution * Math.Max(Math.Abs(values.Max()), Math.Abs(values.Min()));
        return values.Max() - values.Min() <= least
            ? new double[values.Length]
            : Array.ConvertAll(values, value => value - mean);
    }
}
