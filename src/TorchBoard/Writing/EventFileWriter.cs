using TorchBoard.Events;

namespace TorchBoard;

/// <summary>
/// Writes events that were read, or changed by other means, into a new event file: to salvage, merge or thin runs.
/// Used by one thread; it waits for the disk. To log a run, use <see cref="SummaryWriter"/>.
/// </summary>
public sealed class EventFileWriter : IDisposable
{
    private const int BufferedBytes = 1 << 16;

    private readonly FileStream _stream;

    /// <summary>Makes a new file, and its directory where that is missing.</summary>
    /// <param name="path">The file; readers take files whose names contain <c>tfevents</c>.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="IOException">There is such a file already, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public EventFileWriter(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        _stream = new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferedBytes);
    }

    /// <summary>The file's full path.</summary>
    public string Path => _stream.Name;

    /// <summary>How many bytes were written.</summary>
    public long Length => _stream.Position;

    /// <summary>
    /// Adds one event. The first of a file is to hold the file's version, as it does in every file that was read.
    /// </summary>
    /// <param name="payload">A serialized Event message, such as <see cref="LoggedEvent.Payload"/>.</param>
    /// <exception cref="ArgumentException">
    /// The bytes are no event: such a record stops one of TensorBoard's readers.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> payload)
    {
        if (!EventView.TryRead(payload, out _))
            throw new ArgumentException(
                $"The {payload.Length} bytes are no serialized Event message.", nameof(payload));
        _stream.Write(EventRecord.Frame(payload));
    }

    /// <summary>Writes what is left and closes the file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Dispose() => _stream.Dispose();
}
