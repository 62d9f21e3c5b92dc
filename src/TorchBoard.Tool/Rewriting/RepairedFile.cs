using TorchBoard.Records;
using TorchBoard.Tool.Files;

namespace TorchBoard.Tool.Rewriting;

/// <summary>The result of repairing an event file.</summary>
/// <param name="Source">The damaged file.</param>
/// <param name="Output">The new file; null if nothing could be recovered.</param>
/// <param name="SourceBytes">The length of the damaged file.</param>
/// <param name="KeptEvents">The number of events in the new file.</param>
/// <param name="IsVersionAdded">Whether the file's first event had to be created.</param>
/// <param name="Lost">The records that are not in the new file.</param>
internal sealed record RepairedFile(
    string Source, string? Output, long SourceBytes, long KeptEvents, bool IsVersionAdded,
    IReadOnlyList<CorruptRecord> Lost)
{
    public long LostBytes => Lost.Sum(lost => lost.SkippedBytes);

    /// <summary>A file or directory of which nothing can be read.</summary>
    public static RepairedFile WhollyLost(string source, string reason) =>
        new(source, null, 0, 0, false, [new CorruptRecord(source, 0, reason, 0)]);

    public static RepairedFile Salvage(
        string source, string output, NewFiles files, CancellationToken cancellationToken)
    {
        var lost = new List<CorruptRecord>();
        EventFileInfo? info = null;
        var options = new RunLogOptions { OnCorruptRecord = lost.Add, OnFileRead = file => info = file };
        IEnumerable<LoggedEvent> events;
        try
        {
            events = RunLog.ReadEvents(source, options);
        }
        catch (Exception e) when (Failure.IsOfFiles(e))
        {
            return WhollyLost(source, e.Message);
        }

        EventFileWriter? writer = null;
        bool isVersionAdded = false;
        long kept = 0;
        long end = 0;
        try
        {
            foreach (LoggedEvent logged in events)
            {
                cancellationToken.ThrowIfCancellationRequested();

                // A value that cannot be decoded harms no reader, so its event is kept.
                while (lost is [.., var last] && last.Offset == logged.Offset)
                    lost.RemoveAt(lost.Count - 1);
                end = logged.Offset + logged.Payload.Length + RecordFrame.Overhead;
                if (!RawEvent.TryParse(logged, out _))
                {
                    lost.Add(
                        new CorruptRecord(source, logged.Offset, "the record is not a valid event", end - logged.Offset));
                    continue;
                }

                if (writer is null)
                {
                    writer = new EventFileWriter(files.Add(output));
                    isVersionAdded = logged.Content != EventContent.FileVersion;
                    if (isVersionAdded)
                        writer.Write(RawEvent.FileVersionAt(logged));
                }

                writer.Write(logged.Payload.Span);
                kept++;
            }
        }
        finally
        {
            writer?.Dispose();
        }

        long length = info!.Length;
        if (lost.Count > 0)
            end = Math.Max(end, lost.Max(error => error.Offset + error.SkippedBytes));
        if (end < length)
            lost.Add(new CorruptRecord(source, end, "the file ends within a record", length - end));
        return new RepairedFile(source, writer is null ? null : output, length, kept, isVersionAdded, lost);
    }
}
