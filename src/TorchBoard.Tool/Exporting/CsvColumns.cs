using System.Globalization;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Exporting;

/// <summary>The columns of a CSV file: those that all points have, and those of a kind of values.</summary>
internal sealed class CsvColumns
{
    private const string Run = "run";
    private const string Tag = "tag";
    private const string Step = "step";
    private const string WallTime = "wall_time";
    private const string Date = "date";
    private const string Relative = "relative";
    private const int RelativeDigits = 6;

    private static readonly string[] OfPoints = [Run, Tag, Step, WallTime, Date, Relative];

    private readonly string[] _own;

    private CsvColumns(string[] names, string[] own)
    {
        Names = names;
        _own = own;
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<string> Names { get; }


    /// <param name="option">The names that the user gives; null for the default.</param>
    /// <param name="own">The columns of the kind.</param>
    /// <exception cref="UsageException">There is no such column, or it occurs twice.</exception>
    public static CsvColumns Of(string? option, params string[] own) =>
        new(Parse(option, [Run, Tag, Step, WallTime, .. own], [.. OfPoints, .. own]), own);

    /// <summary>The columns before those of the tags.</summary>
    public static CsvColumns Wide(string? option) =>
        new(Parse(option, [Run, Step], [Run, Step, WallTime, Date, Relative]), []);

    /// <summary>Columns of something that has neither tags nor steps.</summary>
    public static CsvColumns Only(string? option, params string[] own) => new(Parse(option, own, own), own);

    public void WriteHeader(CsvWriter csv, params IEnumerable<string> more)
    {
        foreach (string name in Names.Concat(more))
            csv.WriteText(name);
        csv.EndRow();
    }

    /// <summary>Writes the cells of a point.</summary>
    /// <param name="csv">The writer.</param>
    /// <param name="run">The run.</param>
    /// <param name="runCell">The cell of its name.</param>
    /// <param name="tagCell">The cell of the tag.</param>
    /// <param name="step">The step.</param>
    /// <param name="wallTime">The wall time.</param>
    /// <param name="writeOwn">Writes a column of the kind, given its index.</param>
    public void Write(
        CsvWriter csv, ExportedRun run, string runCell, string tagCell, long step, double wallTime, Action<int>? writeOwn)
    {
        foreach (string name in Names)
        {
            switch (name)
            {
                case Run:
                    csv.WriteCell(runCell);
                    break;
                case Tag:
                    csv.WriteCell(tagCell);
                    break;
                case Step:
                    csv.Write(step);
                    break;
                case WallTime:
                    csv.WriteExact(wallTime);
                    break;
                case Date:
                    WriteDate(csv, wallTime);
                    break;
                case Relative:
                    csv.WriteExact(Math.Round(wallTime - run.Start, RelativeDigits));
                    break;
                default:
                    writeOwn!(Array.IndexOf(_own, name));
                    break;
            }
        }
    }

    /// <summary>Writes a time in ISO 8601, or an empty cell if it is none of a calendar.</summary>
    public static void WriteDate(CsvWriter csv, double seconds)
    {
        Span<char> date = stackalloc char[32];
        int length = 0;
        if (UnixMicroseconds.Of(seconds) is long microseconds)
        {
            DateTime.UnixEpoch.AddMicroseconds(microseconds)
                .TryFormat(date, out length, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        }

        csv.WriteCell(date[..length]);
    }

    private static string[] Parse(string? option, string[] byDefault, string[] all)
    {
        if (option is null)
            return byDefault;
        string[] names = [.. option.Split(',').Select(name => name.Trim())];
        foreach (string name in names)
        {
            if (!all.Contains(name))
                throw new UsageException($"--columns has '{name}', but the columns are {string.Join(", ", all)}.");
            if (names.Count(other => other == name) > 1)
                throw new UsageException($"--columns has '{name}' twice.");
        }

        return names;
    }
}
