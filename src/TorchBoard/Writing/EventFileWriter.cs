using TorchBoard.Events;
using TorchBoard.Storage;

namespace TorchBoard;

/// <summary>
/// Writes events that were read or edited into a new event file, for example to repair, merge or thin runs.
/// Not thread-safe; writes synchronously. To log a run, use <see cref="SummaryWriter"/>.
/// </summary>
public sealed class EventFileWriter : IDisposable
{
    private const int BufferedBytes = 1 << 16;

    private readonly FileStream _stream;

    /// <summary>Creates a new file and, if necessary, its directory.</summary>
    /// <param name="path">The file; readers accept files whose names contain <c>tfevents</c>.</param>
    /// <exception cref="ArgumentException">The path is null, empty or a URI such as <c>s3://…</c>.</exception>
    /// <exception cref="IOException">The file already exists or cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the path is denied.</exception>
    public EventFileWriter(string path)
    {
        string full = RunStorage.Of(path).FullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        _stream = new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferedBytes);
    }

    /// <summary>The file's full path.</summary>
    public string Path => _stream.Name;

    /// <summary>The number of bytes written.</summary>
    public long Length => _stream.Position;

    /// <summary>
    /// Adds one event. The first event of a file must hold the file version, as in every file that was read.
    /// </summary>
    /// <param name="payload">A serialized Event message, such as <see cref="LoggedEvent.Payload"/>.</param>
    /// <exception cref="ArgumentException">
    /// The bytes are not an event; such a record stops one of TensorBoard's readers.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> payload)
    {
        if (!EventView.TryRead(payload, out _))
        {
            throw new ArgumentException(
                $"The {payload.Length} bytes are not a serialized Event message.", nameof(payload));
        }

        _stream.Write(EventRecord.Frame(payload));
    }

    /// <summary>Writes buffered events and closes the file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Dispose() => _stream.Dispose();
}
