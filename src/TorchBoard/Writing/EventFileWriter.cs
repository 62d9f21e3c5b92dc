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

    private readonly IEventFile _file;
    private readonly byte[] _buffer = new byte[BufferedBytes];
    private int _buffered;
    private bool _isDisposed;

    /// <summary>Creates a new file and, if necessary, its directory.</summary>
    /// <param name="path">The file; readers accept files whose names contain <c>tfevents</c>.</param>
    /// <exception cref="ArgumentException">The path is null, empty or a URI such as <c>s3://…</c>.</exception>
    /// <exception cref="IOException">The file already exists or cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the path is denied.</exception>
    public EventFileWriter(string path)
    {
        var storage = RunStorage.Of(path, storage: null);
        _file = storage.CreateFile(storage.FullPath(path));
    }

    /// <summary>The file's full path.</summary>
    public string Path => _file.Path;

    /// <summary>The number of bytes written.</summary>
    public long Length { get; private set; }

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

        ObjectDisposedException.ThrowIf(_isDisposed, this);
        byte[] record = EventRecord.Frame(payload);
        if (record.Length > BufferedBytes - _buffered)
            WriteBuffered();
        if (record.Length > BufferedBytes)
        {
            _file.Append(record);
        }
        else
        {
            record.CopyTo(_buffer, _buffered);
            _buffered += record.Length;
        }

        Length += record.Length;
    }

    /// <summary>Writes buffered events and closes the file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        using (_file)
            WriteBuffered();
    }

    private void WriteBuffered()
    {
        if (_buffered > 0)
            _file.Append(_buffer.AsSpan(0, _buffered));
        _buffered = 0;
    }
}
