using System.Globalization;
using Microsoft.AspNetCore.Http;
using TorchBoard.Indexing;
using static System.FormattableString;

namespace TorchBoard.Server.Http;

/// <summary>A request of the page: the runs that are served, and the arguments of the query.</summary>
internal sealed class ApiRequest(ServedRuns served, IReadOnlyDictionary<string, string> query)
{
    public ServedRuns Served => served;

    /// <summary>The run of the argument <c>run</c>, which is required.</summary>
    /// <exception cref="ApiException">There is no such argument, or no such run.</exception>
    public IndexedRun Run
    {
        get
        {
            int id = (int)Number("run", 0, int.MaxValue);
            return served.TryFind(id, out IndexedRun? run) ? run : throw NotFound(Invariant($"There is no run number {id}."));
        }
    }

    /// <summary>
    /// The runs of the argument <c>runs</c>, such as <c>1,3-9</c>, in the order of their numbers; all if it is missing. Runs
    /// that no longer exist are left out.
    /// </summary>
    /// <exception cref="ApiException">It is not a list of numbers.</exception>
    public IEnumerable<NumberedRun> Runs
    {
        get
        {
            if (!query.TryGetValue("runs", out string? text))
                return served.Runs.OrderBy(run => run.Id);
            List<(int First, int Last)> ranges = [];
            foreach (ReadOnlySpan<char> part in Parts(text))
                ranges.Add(RangeOf(part));
            return served.Runs.Where(run => ranges.Exists(range => run.Id >= range.First && run.Id <= range.Last))
                .OrderBy(run => run.Id);
        }
    }

    /// <summary>Returns an argument that is required.</summary>
    /// <exception cref="ApiException">It is missing.</exception>
    public string Text(string name) =>
        query.TryGetValue(name, out string? text) ? text : throw Invalid($"The argument '{name}' is missing.");

    /// <summary>Returns an argument; null if it is missing.</summary>
    public string? TextOrNull(string name) => query.GetValueOrDefault(name);

    /// <summary>Returns an integer that is required.</summary>
    /// <exception cref="ApiException">It is missing, or not between the bounds.</exception>
    public long Number(string name, long least, long most)
    {
        string text = Text(name);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number >= least && number <= most
            ? number
            : throw Invalid(Invariant($"The argument '{name}' must be an integer from {least} to {most}."));
    }

    /// <summary>Returns an integer, or the default if it is missing.</summary>
    /// <exception cref="ApiException">It is not between the bounds.</exception>
    public long Number(string name, long least, long most, long byDefault) =>
        query.ContainsKey(name) ? Number(name, least, most) : byDefault;

    /// <summary>Returns the series of the argument <c>tag</c> in the argument <c>runs</c>; runs without it are left out.</summary>
    /// <exception cref="ApiException">There is no such argument.</exception>
    public IEnumerable<(int Id, IndexedSeries Series)> Series()
    {
        string tag = Text("tag");
        foreach ((int id, IndexedRun run) in Runs)
        {
            if (run.TryFind(tag, out IndexedSeries? series))
                yield return (id, series);
        }
    }

    public static ApiException Invalid(string message) => new(StatusCodes.Status400BadRequest, message);

    public static ApiException NotFound(string message) => new(StatusCodes.Status404NotFound, message);

    private static List<string> Parts(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static (int First, int Last) RangeOf(ReadOnlySpan<char> part)
    {
        int dash = part.IndexOf('-');
        ReadOnlySpan<char> from = dash < 0 ? part : part[..dash];
        ReadOnlySpan<char> to = dash < 0 ? part : part[(dash + 1)..];
        return int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            ? (first, last)
            : throw Invalid("The argument 'runs' must be a list of numbers and ranges, such as 1,3-9.");
    }
}
