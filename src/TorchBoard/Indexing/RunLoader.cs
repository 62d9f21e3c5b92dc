using TorchBoard.Records;
using TorchBoard.Scanning;
using TorchBoard.Storage;

namespace TorchBoard.Indexing;

/// <summary>Reads the files of a run, and what is appended to them later. Not thread-safe.</summary>
internal sealed class RunLoader
{
    private readonly RunIndexOptions _options;
    private readonly EventScan<IndexSink> _scan;
    private readonly Dictionary<string, LoadedFile> _files = new(StringComparer.Ordinal);

    public RunLoader(string name, string path, RunIndexOptions options)
    {
        _options = options;
        Run = new IndexedRun(name, path, options);

        // No kind is decoded by the scan: the sink takes the values as they are.
        _scan = new EventScan<IndexSink>(new IndexSink(Run, options.OnCorruptRecord), new TagCatalog(tags: null, kinds: []));
    }

    public IndexedRun Run { get; }

    /// <summary>Reads what is new.</summary>
    /// <param name="storage">The storage of the run, as it is at present.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>
    /// False if the run must be read anew by another loader: a file was deleted or replaced, and its values are mixed with
    /// those of others.
    /// </returns>
    public bool TryRead(RunStorage storage, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> files = ListFiles(storage);
        if (_files.Count > 0 && files.Count(_files.ContainsKey) < _files.Count)
            return false;
        for (int i = 0; i < files.Count; i++)
        {
            if (!TryRead(storage, files, i, cancellationToken))
                return false;
        }

        return true;
    }

    private IReadOnlyList<string> ListFiles(RunStorage storage)
    {
        try
        {
            return storage.EventFilesOf(Run.Path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted after it was found; the next reload does not find it.
            return [.. _files.Keys.Order(StringComparer.Ordinal)];
        }
    }

    private bool TryRead(
        RunStorage storage, IReadOnlyList<string> files, int index, CancellationToken cancellationToken)
    {
        string path = files[index];
        if (!_files.TryGetValue(path, out LoadedFile? file))
            _files.Add(path, file = new LoadedFile());
        IStoredFile? stored = null;
        RecordReader? reader = null;
        try
        {
            stored = storage.OpenRead(path);
            long length = stored.Length;
            if (length == file.Length)
                return true;
            if (!file.Continues(stored, length))
                return false;
            reader = new RecordReader(stored, file.Position);
            Read(reader, path, BoundOf(files, index), file, cancellationToken);
            file.Advance(reader.Position, length, stored);
            file.IsReported = false;
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (!file.IsReported)
            {
                _options.OnCorruptRecord?.Invoke(
                    new CorruptRecord(path, file.Position.Offset, $"the file cannot be read: {e.Message}", 0));
            }

            file.IsReported = true;
            return true;
        }
        finally
        {
            // A reader closes its file.
            if (reader is not null)
                reader.Dispose();
            else
                stored?.Dispose();
        }
    }

    private void Read(
        RecordReader reader, string path, long? bound, LoadedFile file, CancellationToken cancellationToken)
    {
        ref IndexSink sink = ref _scan.Sink;
        sink.Begin(bound);
        try
        {
            while (_scan.Read(reader, path) is ReadStatus.Record or ReadStatus.Damage)
            {
                sink.Flush();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            sink.End();
            if (sink.LeastRestart is long least)
                file.LeastRestart = Math.Min(file.LeastRestart ?? least, least);
        }
    }

    // A restart removes the points of earlier files, also those that are appended to them later.
    private long? BoundOf(IReadOnlyList<string> files, int index)
    {
        long? bound = null;
        for (int i = index + 1; i < files.Count; i++)
        {
            if (_files.TryGetValue(files[i], out LoadedFile? later) && later.LeastRestart is long least)
                bound = Math.Min(bound ?? least, least);
        }

        return bound;
    }

    private sealed class LoadedFile
    {
        /// <summary>The bytes before the position, which tell whether the file is still the same one.</summary>
        private byte[] _before = [];

        public RecordPosition Position { get; private set; }

        /// <summary>The length up to which it has been read.</summary>
        public long Length { get; private set; } = -1;

        public long? LeastRestart { get; set; }

        /// <summary>Whether an error has been reported that still exists.</summary>
        public bool IsReported { get; set; }

        public bool Continues(IStoredFile file, long length)
        {
            if (length < Position.Offset)
                return false;
            Span<byte> before = stackalloc byte[32];
            before = before[.._before.Length];
            return ReadBefore(file, Position.Offset, before) && before.SequenceEqual(_before);
        }

        public void Advance(RecordPosition position, long length, IStoredFile file)
        {
            Position = position;
            Length = length;
            byte[] before = new byte[Math.Min(32, position.Offset)];
            _before = ReadBefore(file, position.Offset, before) ? before : [];
        }

        private static bool ReadBefore(IStoredFile file, long offset, Span<byte> bytes)
        {
            for (int read = 0; read < bytes.Length;)
            {
                int count = file.Read(bytes[read..], offset - bytes.Length + read);
                if (count == 0)
                    return false;
                read += count;
            }

            return true;
        }
    }
}
