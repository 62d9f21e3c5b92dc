using System.Buffers;
using TorchBoard.Events;
using TorchBoard.Files;
using TorchBoard.Protos;

namespace TorchBoard;

/// <summary>
/// Writes events that were read into a new event file: to salvage, merge, rename or thin runs. Used by one thread;
/// it waits for the disk. To log a run, use <see cref="SummaryWriter"/>.
/// </summary>
public sealed class EventFileWriter : IDisposable
{
    private const int BufferedBytes = 1 << 20;

    private readonly EventFile _file;
    private readonly ArrayBufferWriter<byte> _records = new();
    private bool _isOpened;

    private EventFileWriter(EventFile file) => _file = file;

    /// <summary>The file's full path.</summary>
    public string Path => _file.Path;

    /// <summary>How many events have been written, without the one that opens the file.</summary>
    public long EventCount { get; private set; }

    /// <summary>Makes a new event file, named so that it comes after those that the directory has.</summary>
    /// <param name="directory">The run's directory, which is created where it is missing.</param>
    /// <exception cref="IOException">The directory or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be made.</exception>
    public static EventFileWriter Create(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new EventFileWriter(EventFile.Create(System.IO.Path.GetFullPath(directory), TimeProvider.System, ""));
    }

    /// <summary>
    /// Adds an event, byte for byte as it was read. The file gets one event with the version of its format: a
    /// further one is left out, a missing one is made.
    /// </summary>
    /// <param name="logged">The event.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(LoggedEvent logged)
    {
        ArgumentNullException.ThrowIfNull(logged);
        if (logged.Content == EventContent.FileVersion && _isOpened)
            return;
        if (logged.Content == EventContent.FileVersion)
            _isOpened = true;
        else
            EventCount++;
        Open(logged.WallTime);
        Append(EventRecord.Frame(logged.Payload.Span));
    }

    /// <summary>Adds an event with other tags, or without some of its values.</summary>
    /// <param name="logged">The event.</param>
    /// <param name="newTag">
    /// What a tag is called in the new file; null leaves the value out. An event that is left without a value is
    /// not written.
    /// </param>
    /// <exception cref="ArgumentException">A new tag is empty or no valid Unicode.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(LoggedEvent logged, Func<string, string?> newTag)
    {
        ArgumentNullException.ThrowIfNull(logged);
        ArgumentNullException.ThrowIfNull(newTag);
        if (logged.Content != EventContent.Summary)
        {
            Write(logged);
            return;
        }

        Event e = Event.Parser.ParseFrom(logged.Payload.Span);
        for (int i = e.Summary.Value.Count - 1; i >= 0; i--)
        {
            if (newTag(e.Summary.Value[i].Tag) is not { } tag)
            {
                e.Summary.Value.RemoveAt(i);
                continue;
            }

            Tag.ThrowIfInvalid(tag, nameof(newTag));
            e.Summary.Value[i].Tag = tag;
        }

        if (e.Summary.Value.Count == 0)
            return;
        EventCount++;
        Open(logged.WallTime);
        Append(EventRecord.Encode(e));
    }

    /// <summary>Gives what was added to the operating system.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush()
    {
        _file.Append(_records.WrittenSpan);
        _records.ResetWrittenCount();
    }

    /// <summary>Writes what is left and closes the file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Dispose()
    {
        try
        {
            if (_records.WrittenCount > 0)
                Flush();
        }
        finally
        {
            _file.Dispose();
        }
    }

    private void Open(double wallTime)
    {
        if (_isOpened)
            return;
        _isOpened = true;
        Append(EventRecord.Opening(wallTime));
    }

    private void Append(ReadOnlySpan<byte> record)
    {
        _records.Write(record);
        if (_records.WrittenCount >= BufferedBytes)
            Flush();
    }
}
