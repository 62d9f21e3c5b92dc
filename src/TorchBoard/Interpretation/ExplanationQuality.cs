using System.Globalization;

namespace TorchBoard.Interpretation;

/// <summary>
/// How good an explanation method is, by the measures of <see cref="ExplanationMetrics"/>; each is a mean over the
/// inputs. Immutable, thread-safe.
/// </summary>
/// <remarks>
/// A measure is NaN if it is not defined for any of the inputs, or was not measured; inputs for which it is not defined
/// do not count. <c>Figure.ExplanationQuality</c> draws the comparison, and
/// <c>AddTable(tag, ExplanationQuality.Columns, [.. compared.Select(method => method.Cells)], step)</c> writes it.
/// </remarks>
/// <param name="Name">The name of the method.</param>
public sealed record ExplanationQuality(string Name)
{
    /// <summary>The measures with the titles of their columns; whether larger is better.</summary>
    internal static readonly (string Title, bool IsLargerBetter, Func<ExplanationQuality, double> Value)[] Measures =
    [
        ("faithfulness correlation", true, quality => quality.FaithfulnessCorrelation),
        ("infidelity", false, quality => quality.Infidelity),
        ("max-sensitivity", false, quality => quality.MaxSensitivity),
        ("average drop", false, quality => quality.AverageDrop),
        ("increase", true, quality => quality.Increase),
        ("deletion", false, quality => quality.Deletion),
        ("insertion", true, quality => quality.Insertion),
        ("ROAD", true, quality => quality.Road),
    ];

    /// <summary>The titles of the columns of a table, with ↑ where larger is better and ↓ where smaller is.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["method", .. Measures.Select(TitleOf)];

    /// <summary>See <see cref="ExplanationMetrics.FaithfulnessCorrelation"/>: −1 to 1; larger is better.</summary>
    public double FaithfulnessCorrelation { get; init; } = double.NaN;

    /// <summary>See <see cref="ExplanationMetrics.Infidelity"/>: at least 0; smaller is better.</summary>
    public double Infidelity { get; init; } = double.NaN;

    /// <summary>
    /// See <see cref="ExplanationMetrics.MaxSensitivity"/>: at least 0; smaller is better. NaN if only attributions are
    /// compared, without the methods.
    /// </summary>
    public double MaxSensitivity { get; init; } = double.NaN;

    /// <summary>See <see cref="ExplanationMetrics.ConfidenceChange"/>: 0 to 1; smaller is better.</summary>
    public double AverageDrop { get; init; } = double.NaN;

    /// <summary>
    /// The share of inputs whose confidence increases, 0 to 1; larger is better. See
    /// <see cref="ExplanationMetrics.ConfidenceChange"/>.
    /// </summary>
    public double Increase { get; init; } = double.NaN;

    /// <summary>The area under <see cref="PerturbationCurve.Deletion"/>, in units of the score; smaller is better.</summary>
    public double Deletion { get; init; } = double.NaN;

    /// <summary>The area under <see cref="PerturbationCurve.Insertion"/>, in units of the score; larger is better.</summary>
    public double Insertion { get; init; } = double.NaN;

    /// <summary>
    /// Half the difference of the areas under <see cref="PerturbationCurve.Road"/>, in units of the score; larger is
    /// better. NaN if the input is not a picture of the shape [C, H, W].
    /// </summary>
    public double Road { get; init; } = double.NaN;

    /// <summary>The cells of this method's row in a table with <see cref="Columns"/>; – for NaN.</summary>
    public IReadOnlyList<string> Cells => [Name, .. Measures.Select(measure => Text(measure.Value(this)))];

    internal static string TitleOf((string Title, bool IsLargerBetter, Func<ExplanationQuality, double>) measure) =>
        $"{measure.Title} {(measure.IsLargerBetter ? '↑' : '↓')}";

    private static string Text(double value) =>
        double.IsNaN(value) ? "–" : value.ToString("g3", CultureInfo.InvariantCulture);
}
