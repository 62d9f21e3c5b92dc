using System.Text;
using TorchBoard.Indexing;
using TorchBoard.Server.Http;
using TorchBoard.Server.Reporting;

namespace TorchBoard.Server;

/// <summary>
/// The page of a <see cref="RunServer"/> as one HTML file with all of its data, which can be mailed and is opened from disk,
/// without a server or a network.
/// </summary>
public static class RunReport
{
    /// <summary>Writes a report of the runs in and below a directory.</summary>
    /// <param name="logDirectory">A log directory, a run's directory or one event file.</param>
    /// <param name="output">Receives the HTML, in UTF-8.</param>
    /// <param name="options">Options; by default, all runs and tags, and at most 16 MiB.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <exception cref="ArgumentException">
    /// The path is null or empty, or not one of the storage: a URI such as <c>s3://…</c> needs a
    /// <see cref="RunIndexOptions.Storage"/> in <see cref="RunReportOptions.Index"/>.
    /// </exception>
    /// <exception cref="IOException">There is no such run, or the output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static async Task WriteAsync(
        string logDirectory, Stream output, RunReportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        options ??= RunReportOptions.Default;
        RunIndex index = RunIndex.Open(logDirectory, options.Index with { ReloadInterval = Timeout.InfiniteTimeSpan });
        await using (index.ConfigureAwait(false))
        {
            await index.Loaded.WaitAsync(cancellationToken).ConfigureAwait(false);
            var served = new ServedRuns(index, grpc: null, isReport: true);
            RunList list = Selected(RunList.Of(served), options);
            if (list.Runs.Count == 0)
                throw new IOException($"'{logDirectory}' has no such runs.");
            await Task.Run(() => Write(served, list, output, options, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Write(
        ServedRuns served, RunList list, Stream output, RunReportOptions options, CancellationToken cancellationToken)
    {
        (string before, string after) = ReportPage.Document;
        byte[] head = Encoding.UTF8.GetBytes(before);
        byte[] tail = Encoding.UTF8.GetBytes(after);
        long room = Math.Max(options.MaxBytes - head.Length - tail.Length, 0);
        var buffered = new BufferedStream(output, 1 << 16);
        buffered.Write(head);
        using (var data = new ReportData(buffered, served, list, room))
        {
            const int MaxPoints = 1000;
            data.WriteAll(MaxPoints, cancellationToken);
            Warn(data, MaxPoints, options);
        }

        buffered.Write(tail);

        // Not disposed: the output is the caller's.
        buffered.Flush();
    }

    private static void Warn(ReportData data, int maxPoints, RunReportOptions options)
    {
        Action<string> warn = options.OnWarning ?? Console.Error.WriteLine;
        string limit = FormattableString.Invariant($"of the limit of {options.MaxBytes >> 20} MiB");
        if (data.Points < maxPoints)
            warn(FormattableString.Invariant($"Because {limit}, curves have at most {data.Points} points instead of {maxPoints}."));
        if (data.LeftOut.Count > 0)
        {
            string what = string.Join(", ", data.LeftOut.Select(kind => FormattableString.Invariant($"{kind.Value} {kind.Key}")));
            warn($"Because {limit}, the report leaves out {what}.");
        }
    }

    // The file does not disclose the directories of this machine.
    private static RunList Selected(RunList all, RunReportOptions options)
    {
        RunList.Entry[] runs = [.. all.Runs.Where(run => options.Runs?.Invoke(run.Name) ?? true)];
        var ids = runs.Select(run => run.Id).ToHashSet();
        return all with
        {
            Epoch = "",
            Location = all.Location[(all.Location.LastIndexOfAny(['/', '\\']) + 1)..],
            Loading = false,
            Runs = runs,
            Tags =
            [
                .. all.Tags.Where(tag => options.Tags?.Invoke(tag.Tag) ?? true)
                    .Select(tag => tag with { Runs = [.. tag.Runs.Where(ids.Contains)] }).Where(tag => tag.Runs.Count > 0),
            ],
        };
    }
}
