using TorchBoard.Records;
using TorchBoard.Scanning;
using TorchBoard.Storage;

namespace TorchBoard.Reading;

/// <summary>
/// The scan of one file of a run. If the file cannot be read, or only in part, it is reported like a damaged part, so
/// that the other files are read. Not thread-safe.
/// </summary>
internal sealed class EventFileScan<TSink> : IDisposable
    where TSink : struct, IEventSink
{
    private readonly EventScan<TSink> _scan;
    private readonly string _file;
    private readonly long _eventsBefore;
    private readonly long _bytesBefore;
    private readonly Source? _source;
    private readonly RecordReader? _reader;
    private ReadStatus _status;

    public EventFileScan(EventScan<TSink> scan, RunStorage storage, string file)
    {
        _scan = scan;
        _file = file;
        (_eventsBefore, _bytesBefore) = (scan.Events, scan.ReadableBytes);
        try
        {
            _source = new Source(storage.OpenRead(file));
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }

        _reader = new RecordReader(_source);
    }

    /// <summary>The exception that ended the scan; null if there is none.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What has been read.</summary>
    public EventFileInfo Info => new()
    {
        Path = _file,
        Length = _source?.KnownLength ?? 0,
        ReadableLength = _scan.ReadableBytes - _bytesBefore,
        EventCount = _scan.Events - _eventsBefore,
        HasTruncatedTail = _status == ReadStatus.TruncatedTail,
        Failure = Failure?.Message,
    };

    /// <summary>Reads until the sink is full or the file ends.</summary>
    public void Read()
    {
        if (_reader is null || Failure is not null)
            return;
        try
        {
            _status = _scan.Read(_reader, _file);
        }
        catch (Exception e) when (e == _source!.Failure)
        {
            Fail(e);
        }
    }

    public void Dispose() => _reader?.Dispose();

    private void Fail(Exception failure)
    {
        Failure = failure;
        long offset = _reader?.Position.Offset ?? 0;
        _scan.Sink.Report(new CorruptRecord(
            _file, offset, $"the file cannot be read: {failure.Message}",
            Math.Max(0, (_source?.KnownLength ?? 0) - offset)));
    }

    /// <summary>
    /// Records the exception of the file, of any type, to distinguish it from an exception of the sink.
    /// </summary>
    private sealed class Source(IStoredFile file) : IStoredFile
    {
        public Exception? Failure { get; private set; }

        public long Length => file.Length;

        /// <summary>The current length, or zero if the file does not tell it.</summary>
        public long KnownLength
        {
            get
            {
                try
                {
                    return file.Length;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return 0;
                }
            }
        }

        public int Read(Span<byte> buffer, long position)
        {
            try
            {
                return file.Read(buffer, position);
            }
            catch (Exception e)
            {
                Failure = e;
                throw;
            }
        }

        public void Dispose() => file.Dispose();
    }
}
