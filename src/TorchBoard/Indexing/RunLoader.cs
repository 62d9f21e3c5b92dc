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

    public RunLoader(string name, string path, RunIndexOptions options, IndexChanges changes, PointBudget extra)
    {
        _options = options;
        Run = new IndexedRun(name, path, options, changes, extra);

        // No kind is decoded by the scan: the sink takes the values as they are.
        _scan = new EventScan<IndexSink>(new IndexSink(Run, options.OnCorruptRecord), new TagCatalog(tags: null, kinds: []));
    }

    public IndexedRun Run { get; }

    /// <summary>Returns those of the files that have not been read yet.</summary>
    public IEnumerable<string> Unread(IReadOnlyList<string> files) => files.Where(file => !_files.ContainsKey(file));

    /// <summary>Reads new data.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="files">The event files of the run, in their order.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>
    /// False if the run must be read anew by another loader: a file was deleted or replaced, and its values are mixed with
    /// those of others.
    /// </returns>
    public bool TryRead(RunStorage storage, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        if (_files.Count > 0 && files.Count(_files.ContainsKey) < _files.Count)
            return false;
        Run.Look(storage);
        for (int i = 0; i < files.Count; i++)
        {
            if (!TryRead(storage, files, i, cancellationToken))
                return false;
        }

        return true;
    }

    private bool TryRead(
        RunStorage storage, IReadOnlyList<string> files, int index, CancellationToken cancellationToken)
    {
        string path = files[index];
        if (!_files.TryGetValue(path, out LoadedFile? file))
            _files.Add(path, file = new LoadedFile());
        IStoredFile? opened = null;
        RecordReader? reader = null;
        try
        {
            if (storage.LengthOf(path) == file.Length)
                return true;
            opened = storage.OpenRead(path);
            long length = opened.Length;
            if (!file.Continues(opened, length))
                return false;
            reader = new RecordReader(opened, file.Position);
            Read(reader, path, BoundOf(files, index), file, cancellationToken);
            file.Advance(opened, reader.Position, length);
            file.IsReported = false;
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What has been read is not read again.
            if (reader is not null)
                file.Stop(reader.Position);
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
            if (reader is not null)
                reader.Dispose();
            else
                opened?.Dispose();
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
        private const int MostBefore = 32;

        /// <summary>The bytes before the position, which identify the file.</summary>
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
            Span<byte> before = stackalloc byte[MostBefore];
            before = before[.._before.Length];
            return ReadBefore(file, Position.Offset, before) && before.SequenceEqual(_before);
        }

        public void Advance(IStoredFile file, RecordPosition position, long length)
        {
            Position = position;
            Length = length;
            byte[] before = new byte[Math.Min(MostBefore, position.Offset)];
            _before = ReadBefore(file, position.Offset, before) ? before : [];
        }

        public void Stop(RecordPosition position)
        {
            Position = position;
            Length = -1;
            _before = [];
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
