using Google.Protobuf;
using TorchBoard.Protos;
using TorchBoard.Tool.Files;

namespace TorchBoard.Tool.Rewriting;

/// <summary>
/// Copies runs to a new directory, file by file and value by value. Wall times, steps and everything else that is not
/// changed are preserved.
/// </summary>
/// <param name="source">Reads the runs.</param>
/// <param name="files">The new files.</param>
internal sealed class RunRewrite(SourceRuns source, NewFiles files)
{
    public long Runs { get; private set; }

    public long Kept { get; private set; }

    public long Removed { get; private set; }

    public long Renamed { get; private set; }

    public long BytesAfter { get; private set; }

    /// <param name="run">The run.</param>
    /// <param name="directory">The directory of the copy.</param>
    /// <param name="decide">
    /// Returns the new tag of a value, or null to remove it, given its tag and the number of earlier values of the tag
    /// in the run.
    /// </param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    public void Copy(
        LoggedRun run, string directory, Func<string, long, string?> decide, CancellationToken cancellationToken)
    {
        Runs++;
        var values = new RewrittenValues(decide);
        EventFileWriter? writer = null;
        string? file = null;
        try
        {
            foreach (LoggedEvent logged in source.EventsOf(run))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (logged.File != file)
                {
                    Finish(writer);
                    file = logged.File;
                    values.BeginFile();
                    writer = new EventFileWriter(files.Add(Path.Combine(directory, Path.GetFileName(file))));
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
