using System.Numerics.Tensors;
using TorchBoard.Panels;

namespace TorchBoard.Interpretation;

/// <summary>
/// How much each number of an input, or each place of a map, has to do with a score. Immutable, thread-safe.
/// </summary>
public sealed class Attribution
{
    private readonly double[] _values;
    private readonly int[] _shape;
    private readonly double[] _featureValues = [];
    private readonly double[] _standardErrors = [];

    /// <summary>Makes an attribution of numbers, as methods made by others give them.</summary>
    /// <param name="values">One number a place, finite; they are copied.</param>
    /// <param name="shape">Their shape, such as [C, H, W]; one dimension where it is left out.</param>
    /// <exception cref="ArgumentException">
    /// There are no values, one is not finite, or the shape stands for another number of them.
    /// </exception>
    public Attribution(ReadOnlySpan<double> values, ReadOnlySpan<int> shape = default)
    {
        if (values.IsEmpty)
            throw new ArgumentException("There are no values; at least one is wanted.", nameof(values));
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
    /// The numbers in the order of the input: in units of the score, or of the score by that of the input (gradients),
    /// or without unit, 0 to 1 (class activation maps). What is above 0 speaks for the score, what is below against it,
    /// where the method has signs.
    /// </summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The shape of <see cref="Values"/>: the input's, or [H, W] of a map.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The score of the input explained; null where the method does not ask for it.</summary>
    public double? Score { get; init; }

    /// <summary>
    /// The score where the input is replaced by its baseline: the mean over several; LIME's intercept. Null where the
    /// method has none.
    /// </summary>
    public double? BaselineScore { get; init; }

    /// <summary>
    /// Whether the values are parts of the score, in its unit, as methods that share it out or take something away
    /// give them. Not by default: gradients and class activation maps are in other units.
    /// </summary>
    /// <remarks>Such an attribution is drawn against its score; see <see cref="AttributionPicture"/>.</remarks>
    public bool IsInUnitsOfScore { get; init; }

    /// <summary>
    /// By how much the values' sum misses <see cref="Score"/> − <see cref="BaselineScore"/>: near 0 is good. Null where
    /// the method does not promise that sum.
    /// </summary>
    public double? Delta { get; init; }

    /// <summary>
    /// LIME's R², how well its linear model fits the scores: 1 is exactly, 0 no better than their mean. Null elsewhere.
    /// </summary>
    public double? Fit { get; init; }

    /// <summary>
    /// The values of the features, one a group, where groups of numbers were explained together; as
    /// <see cref="Values"/> where each number stands for itself. They sum to the difference of the scores where the
    /// method promises that; <see cref="Values"/> repeat them for each member of the group.
    /// </summary>
    public ReadOnlySpan<double> FeatureValues => _featureValues.Length > 0 ? _featureValues : _values;

    /// <summary>
    /// The standard error of each of <see cref="FeatureValues"/>, of methods that draw by chance and can tell; else
    /// empty.
    /// </summary>
    public ReadOnlySpan<double> StandardErrors => _standardErrors;

    /// <summary>
    /// Whether all values are zero: nothing that was varied changes the score. Such an attribution is drawn blank, and
    /// a title should say so.
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

    /// <summary>The values as floats, what color maps and overlays take.</summary>
    /// <returns>A new array in the order of <see cref="Values"/>.</returns>
    public float[] ToFloats()
    {
        float[] floats = new float[_values.Length];
        TensorPrimitives.ConvertTruncating<double, float>(_values, floats);
        return floats;
    }

    /// <summary>The sum over channels, as pictures of signed attributions are made.</summary>
    /// <returns>An attribution of shape [H, W] from [C, H, W].</returns>
    /// <exception cref="InvalidOperationException">The shape has other than three dimensions.</exception>
    public Attribution SumOverChannels() => OverChannels(0, (sum, value) => sum + value);

    /// <summary>The greatest over channels, as saliency maps are drawn (Simonyan et al. 2014).</summary>
    /// <returns>An attribution of shape [H, W] from [C, H, W].</returns>
    /// <exception cref="InvalidOperationException">The shape has other than three dimensions.</exception>
    public Attribution GreatestOverChannels() => OverChannels(double.NegativeInfinity, Math.Max);

    /// <summary>Shape and sum, such as <c>[3, 224, 224], sum 4.2</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Argument.Text(_shape)}, sum {Sum:G6}");

    private Attribution OverChannels(double first, Func<double, double, double> join)
    {
        if (_shape is not [int channels, int height, int width])
            throw new InvalidOperationException($"The shape must be [C, H, W]; it is {Argument.Text(_shape)}.");

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
