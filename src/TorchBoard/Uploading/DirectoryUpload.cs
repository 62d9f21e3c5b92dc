using System.Diagnostics;
using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard.Uploading;

/// <summary>Copies the runs of a directory to a store, again and again as they grow. Not thread-safe.</summary>
internal sealed class DirectoryUpload(string directory, ObjectStorage store, string path, SyncOptions options)
{
    /// <summary>How many times the bytes of a file its uploads may take.</summary>
    private const int MostTimes = 5;

    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Copy> _copies = new(StringComparer.Ordinal);
    private Dictionary<string, StoredObject>? _there;

    /// <summary>Looks at all files once.</summary>
    /// <param name="all">Whether to upload everything, even if that costs much for what is new.</param>
    /// <param name="cancellationToken">Cancels the uploads.</param>
    public async Task<SyncResult> PassAsync(bool all, CancellationToken cancellationToken)
    {
        var count = new SyncCount(options);
        IReadOnlyList<(string Name, string Path)> runs = DirectoryStorage.Instance.RunsBelow(
            directory, (below, reason) => count.Fail(below, path, reason));
        if (File.Exists(directory))
            throw new IOException($"'{directory}' is a file. Pass the directory of its run, or one above.");
        _there ??= await ListAsync(cancellationToken).ConfigureAwait(false);
        foreach ((string name, string run) in runs)
        {
            string below = name == "." ? path : store.Below(path, name);
            foreach (string file in DirectoryStorage.Instance.EventFilesOf(run))
                await AddAsync(file, store.Below(below, Path.GetFileName(file)), isGrowing: true).ConfigureAwait(false);
            foreach (string file in ProjectorFiles(run))
            {
                await AddAsync(Path.Combine(run, file), store.Below(below, file), isGrowing: false)
                    .ConfigureAwait(false);
            }
        }

        return count.Result;

        Task AddAsync(string file, string target, bool isGrowing) => count.AddAsync(
            file, target, () => CopyAsync(file, target, isGrowing, all, cancellationToken));
    }

    // The configuration comes last, so that it names nothing that is not there.
    private static IEnumerable<string> ProjectorFiles(string run)
    {
        string config = Path.Combine(run, EmbeddingList.Name);
        return File.Exists(config)
            ? [.. ProjectorReferences.In(File.ReadAllText(config)).Where(name => File.Exists(Path.Combine(run, name))), EmbeddingList.Name]
            : [];
    }

    private async Task<Dictionary<string, StoredObject>> ListAsync(CancellationToken cancellationToken)
    {
        ObjectPath at = ObjectPath.Split(path);
        var there = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        string prefix = at.Key.Length == 0 ? "" : $"{at.Key}/";
        await foreach (StoredObject o in store.ListAsync(at with { Key = prefix }, cancellationToken).ConfigureAwait(false))
            there[o.Key] = o;
        return there;
    }

    private async Task<long?> CopyAsync(
        string file, string target, bool isGrowing, bool all, CancellationToken cancellationToken)
    {
        var info = new FileInfo(file);
        (long length, DateTime time) = (info.Length, info.LastWriteTimeUtc);
        if (!_copies.TryGetValue(target, out Copy? copy))
        {
            copy = await FindAsync(file, target, isGrowing, length, time, cancellationToken).ConfigureAwait(false);
            _copies.Add(target, copy);
        }

        SpoolFile sent = copy.File;
        bool isEqual = length == sent.Shipped && (isGrowing || time == copy.Time) && copy.IsThere;
        if (isEqual || !(all || copy.IsDue(length)))
            return null;
        if (isGrowing && length < sent.Shipped)
            throw Different(file, target, "is shorter than");

        if (!isGrowing)
            copy.File = sent = new SpoolFile(file, store.Scheme, sent.Kind, sent.Target, 0) { Version = sent.Version };
        long before = copy.Budget.Uploaded;
        try
        {
            await FileUpload.SendAsync(store, sent, length, copy.Budget, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectChangedException)
        {
            // Looked at anew the next time.
            _copies.Remove(target);
            _there = null;
            throw;
        }

        (copy.Time, copy.IsThere) = (time, true);
        return copy.Budget.Uploaded - before;
    }

    // What the store has of a file that was not looked at before.
    private async Task<Copy> FindAsync(
        string file, string target, bool isGrowing, long length, DateTime time, CancellationToken cancellationToken)
    {
        ObjectPath at = ObjectPath.Split(target);
        SpoolKind kind = isGrowing && store.CanAppend ? SpoolKind.Part : SpoolKind.Segment;
        var copy = new Copy(new SpoolFile(file, store.Scheme, kind, at, offset: 0));
        if (!_there!.TryGetValue(at.Key, out StoredObject found))
            return copy;

        copy.File.Version = found.Version;
        bool isEqual = found.Size == length && time <= found.Modified.UtcDateTime;
        if (isGrowing && found.Size > length)
            throw Different(file, target, "is shorter than");
        isEqual = isEqual || ((isGrowing || found.Size == length)
            && await FileUpload.IsEqualAsync(store, copy.File, 0, found.Size, cancellationToken).ConfigureAwait(false));
        if (isGrowing && !isEqual)
            throw Different(file, target, "does not begin as");
        if (isEqual)
            (copy.File.Shipped, copy.Time, copy.IsThere) = (found.Size, time, true);
        return copy;
    }

    private static IOException Different(string file, string target, string what) => new(
        $"'{file}' {what} '{target}', which another program must have written or changed; neither is touched. Choose "
        + "another place, or delete one of them.");

    /// <summary>What the store has of a file.</summary>
    private sealed class Copy(SpoolFile file)
    {
        private long _length = -1;
        private long _grown;

        public SpoolFile File { get; set; } = file;

        public UploadBudget Budget { get; } = new();

        public bool IsThere { get; set; }

        /// <summary>When the file was changed that was copied.</summary>
        public DateTime Time { get; set; }

        /// <summary>Whether an upload is worth what it costs.</summary>
        public bool IsDue(long length)
        {
            if (length != _length)
                (_length, _grown) = (length, Stopwatch.GetTimestamp());
            return File.Kind == SpoolKind.Part
                || Budget.Uploaded + length <= (MostTimes * length) + UploadBudget.AtStart
                || Stopwatch.GetElapsedTime(_grown) >= Idle;
        }
    }
}
