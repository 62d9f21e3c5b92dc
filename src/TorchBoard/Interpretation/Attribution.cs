using System.Numerics.Tensors;
using TorchBoard.Panels;

namespace TorchBoard.Interpretation;

/// <summary>
/// How much each number of an input, or each position of a map, contributes to a score. Immutable, thread-safe.
/// </summary>
public sealed partial class Attribution
{
    private readonly double[] _values;
    private readonly int[] _shape;
    private readonly double[] _featureValues = [];
    private readonly double[] _standardErrors = [];

    /// <summary>Initializes an attribution with values that were computed elsewhere.</summary>
    /// <param name="values">One finite value per position; copied.</param>
    /// <param name="shape">The shape of the values, such as [C, H, W]; one dimension by default.</param>
    /// <exception cref="ArgumentException">
    /// There are no values, a value is not finite, or the shape does not match the number of values.
    /// </exception>
    public Attribution(ReadOnlySpan<double> values, ReadOnlySpan<int> shape = default)
    {
        if (values.IsEmpty)
            throw new ArgumentException("At least one value is required.", nameof(values));
        if (!TensorPrimitives.IsFiniteAll(values))
        {
            int at = 0;
            while (double.IsFinite(values[at]))
                at++;
            throw Argument.NotFinite(at, values[at], nameof(values));
        }

        _shape = Argument.Shape(shape, values.Length, nameof(shape));
        _values = values.ToArray();
    }

    /// <summary>
    /// The values in the order of the input: in units of the score, in units of the score per unit of the input
    /// (gradients), or without unit from 0 to 1 (class activation maps). For methods with signs, positive values raise
    /// the score and negative values lower it.
    /// </summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The shape of <see cref="Values"/>: the shape of the input, or [H, W] for a map.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The score of the explained input; null if the method does not compute it.</summary>
    public double? Score { get; init; }

    /// <summary>
    /// The score of the baseline: the mean if there are several, the intercept for LIME. Null if the method has no
    /// baseline.
    /// </summary>
    public double? BaselineScore { get; init; }

    /// <summary>
    /// Whether the values are parts of the score, in its unit, as from methods that distribute the score or remove
    /// features. False by default: gradients and class activation maps have other units.
    /// </summary>
    /// <remarks>Such an attribution is drawn relative to its score; see <see cref="AttributionPicture"/>.</remarks>
    public bool IsInUnitsOfScore { get; init; }

    /// <summary>
    /// The sum of the values minus (<see cref="Score"/> − <see cref="BaselineScore"/>); near 0 is good. Null if the
    /// method does not guarantee that sum.
    /// </summary>
    public double? Delta { get; init; }

    /// <summary>
    /// LIME's R², the goodness of fit of its linear model: 1 is exact, 0 no better than the mean score. Null for other
    /// methods.
    /// </summary>
    public double? Fit { get; init; }

    /// <summary>
    /// The number of independent equations from which KernelSHAP, or LIME without a ridge penalty, computed <see
    /// cref="FeatureValues"/>. If it is less than their number, the model was asked too few inputs to determine them,
    /// and they are the values with the least norm. Null for other methods.
    /// </summary>
    public int? Rank { get; init; }

    /// <summary>
    /// One value per feature if features are groups of numbers, whose value <see cref="Values"/> repeats for each
    /// member; otherwise the same as <see cref="Values"/>. They sum to the difference of the scores if the method
    /// guarantees that.
    /// </summary>
    public ReadOnlySpan<double> FeatureValues => _featureValues.Length > 0 ? _featureValues : _values;

    /// <summary>
    /// The standard error of each of <see cref="FeatureValues"/>, for sampling methods that can estimate it; otherwise
    /// empty.
    /// </summary>
    public ReadOnlySpan<double> StandardErrors => _standardErrors;

    /// <summary>
    /// Whether all values are 0: no change of the input changes the score. Such an attribution is drawn blank; a title
    /// should say so.
    /// </summary>
    public bool IsAllZero => !_values.AsSpan().ContainsAnyExcept(0.0);

    /// <summary>The sum of <see cref="FeatureValues"/>.</summary>
    public double Sum => TensorPrimitives.Sum(FeatureValues);

    internal double[] FeatureArray
    {
        init => _featureValues = value;
    }

    internal double[] StandardErrorArray
    {
        init => _standardErrors = value;
    }

    /// <summary>Returns the values as floats, which color maps and overlays take.</summary>
    /// <returns>A new array in the order of <see cref="Values"/>.</returns>
    public float[] ToFloats()
    {
        float[] floats = new float[_values.Length];
        TensorPrimitives.ConvertTruncating<double, float>(_values, floats);
        return floats;
    }

    /// <summary>Returns the sum over channels, as used for pictures of signed attributions.</summary>
    /// <returns>An attribution of shape [H, W] from [C, H, W].</returns>
    /// <exception cref="InvalidOperationException">The shape does not have three dimensions.</exception>
    public Attribution SumOverChannels() => OverChannels(0, (sum, value) => sum + value);

    /// <summary>Returns the maximum over channels, as used for saliency maps (Simonyan et al. 2014).</summary>
    /// <returns>An attribution of shape [H, W] from [C, H, W].</returns>
    /// <exception cref="InvalidOperationException">The shape does not have three dimensions.</exception>
    public Attribution GreatestOverChannels() => OverChannels(double.NegativeInfinity, Math.Max);

    /// <summary>
    /// Returns the sum over the last dimension, such as over the features of an embedding: the contribution of each
    /// token.
    /// </summary>
    /// <returns>An attribution of shape [T] from [T, D], or of one dimension less in general.</returns>
    /// <exception cref="InvalidOperationException">The shape has only one dimension.</exception>
    public Attribution SumOverLast()
    {
        if (_shape.Length < 2)
            throw new InvalidOperationException($"The shape must be [T, D] or longer; was {Argument.Text(_shape)}.");

        double[] sums = new double[_values.Length / _shape[^1]];
        for (int i = 0; i < sums.Length; i++)
            sums[i] = TensorPrimitives.Sum<double>(_values.AsSpan(i * _shape[^1], _shape[^1]));
        return new Attribution(sums, _shape.AsSpan()[..^1])
        {
            Score = Score,
            BaselineScore = BaselineScore,
            IsInUnitsOfScore = IsInUnitsOfScore,
            Delta = Delta,
        };
    }

    /// <summary>Returns the shape and the sum, such as <c>[3, 224, 224], sum 4.2</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Argument.Text(_shape)}, sum {Sum:G6}");

    private Attribution OverChannels(double first, Func<double, double, double> join)
    {
        if (_shape is not [int channels, int height, int width])
            throw new InvalidOperationException($"The shape must be [C, H, W]; was {Argument.Text(_shape)}.");

        double[] plane = new double[height * width];
        Array.Fill(plane, first);
        for (int i = 0; i < channels * plane.Length; i++)
            plane[i % plane.Length] = join(plane[i % plane.Length], _values[i]);
        return new Attribution(plane, [height, width])
        {
            Score = Score,
            BaselineScore = BaselineScore,
            IsInUnitsOfScore = IsInUnitsOfScore,
        };
    }
}
