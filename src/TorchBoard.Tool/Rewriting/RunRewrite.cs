using Google.Protobuf;
using TorchBoard.Protos;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Rewriting;

/// <summary>
/// Copies runs to a new directory, file by file and value by value. Wall times, steps and everything else that is not
/// changed are preserved.
/// </summary>
/// <param name="decide">
/// Returns the new tag of a value, or null to remove it, given its tag and the number of earlier values of the tag in
/// the run.
/// </param>
/// <param name="terminal">The terminal for warnings about unreadable records.</param>
internal sealed class RunRewrite(Func<LoggedRun, Func<string, long, string?>> decide, Terminal terminal)
{
    public long Runs { get; private set; }

    public long Kept { get; private set; }

    public long Removed { get; private set; }

    public long Renamed { get; private set; }

    public long BytesBefore { get; private set; }

    public long BytesAfter { get; private set; }

    public void Copy(string source, string output, CancellationToken cancellationToken)
    {
        foreach (LoggedRun run in LogDirectory.Open(source).Runs.Values)
        {
            Runs++;
            Copy(run, OutputDirectory.Of(output, source, run), cancellationToken);
        }
    }

    private void Copy(LoggedRun run, string directory, CancellationToken cancellationToken)
    {
        var values = new RewrittenValues(decide(run));
        EventFileWriter? writer = null;
        string? file = null;
        try
        {
            var options = new RunLogOptions { OnCorruptRecord = error => terminal.Warn($"{error}; skipped") };
            foreach (LoggedEvent logged in RunLog.ReadEvents(run.Path, options))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (logged.File != file)
                {
                    Finish(writer);
                    file = logged.File;
                    BytesBefore += new FileInfo(file).Length;
                    values.BeginFile();
                    writer = new EventFileWriter(Path.Combine(directory, Path.GetFileName(file)));
                }

                if (logged.Content != EventContent.Summary)
                    writer!.Write(logged.Payload.Span);
                else if (RawEvent.TryParse(logged, out Event? parsed))
                    Write(writer!, values, logged, parsed);
            }
        }
        finally
        {
            Finish(writer);
        }

        Kept += values.Kept;
        Removed += values.Removed;
        Renamed += values.Renamed;
    }

    private static void Write(EventFileWriter writer, RewrittenValues values, LoggedEvent logged, Event parsed)
    {
        bool isEmpty = parsed.Summary.Value.Count == 0;
        if (!values.Apply(parsed.Summary))
            writer.Write(logged.Payload.Span);
        else if (isEmpty || parsed.Summary.Value.Count > 0)
            writer.Write(parsed.ToByteArray());
    }

    private void Finish(EventFileWriter? writer)
    {
        BytesAfter += writer?.Length ?? 0;
        writer?.Dispose();
    }
}
