using System.Globalization;
using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Ranking;

/// <summary>A column of the table of runs.</summary>
/// <param name="Name">The name, by which the column can be asked for.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="ValueOf">Returns the value of a run; none if it is missing.</param>
internal sealed record Column(string Name, ColumnKind Kind, Func<RunResult, Hyperparameter> ValueOf)
{
    /// <summary>Returns a value as it is shown: metrics rounded, whole numbers of settings not.</summary>
    public string Shown(RunResult run) => ValueOf(run) switch
    {
        { Number: double number } => Kind != ColumnKind.Metric && double.IsInteger(number) && Math.Abs(number) < 1e15
            ? number.ToString("0", CultureInfo.InvariantCulture)
            : Output.Shown.Value(number),
        var other => Printable.Line(other.ToString()),
    };

    /// <summary>Returns a value as it is in the file.</summary>
    public string Exact(RunResult run) =>
        ValueOf(run) is { Number: double number } ? Output.Shown.Exact(number) : ValueOf(run).ToString();

    /// <summary>Whether both are the same column of the same runs.</summary>
    public bool Equals(Column? other) => other is not null && Name == other.Name && Kind == other.Kind;

    public override int GetHashCode() => HashCode.Combine(Name, Kind);

    /// <summary>Returns how often a column has a number and how often text.</summary>
    public (int Numbers, int Texts) Types(IEnumerable<RunResult> runs)
    {
        var counts = (Numbers: 0, Texts: 0);
        foreach (RunResult run in runs)
        {
            counts.Numbers += ValueOf(run).Number is null ? 0 : 1;
            counts.Texts += ValueOf(run).Text is null ? 0 : 1;
        }

        return counts;
    }
}
