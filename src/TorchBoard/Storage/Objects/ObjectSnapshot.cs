namespace TorchBoard.Storage.Objects;

/// <summary>
/// What an object store has at and below a path, listed once when it is first needed. Files are as long as they were
/// listed, so that whoever has read them so far makes no request. Not thread-safe, except after it is listed.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="root">The full path that is listed.</param>
internal sealed class ObjectSnapshot(ObjectStorage store, string root) : RunStorage
{
    private readonly ObjectPath _root = ObjectPath.Split(root);
    private readonly ReadAhead _ahead = new(store);
    private List<StoredObject>? _listed;
    private Dictionary<string, StoredObject>? _byKey;

    private List<StoredObject> Objects => _listed ??= ObjectRequest.Wait(ListAsync);

    private Dictionary<string, StoredObject> ByKey => _byKey ??= Objects.ToDictionary(o => o.Key, StringComparer.Ordinal);

    internal override string FullPath(string path) => store.FullPath(path);

    internal override string Below(string path, string name) => store.Below(path, name);

    internal override string NameOf(string path) => store.NameOf(path);

    internal override IReadOnlyList<(string Name, string Path)> RunsBelow(string path)
    {
        string full = FullPath(path);
        ObjectPath at = ObjectPath.Split(full);
        List<StoredObject> below = Below(at);
        if (below is [var only] && only.Key == at.Key)
            return [(NameOf(full), full)];
        ThrowIfMissing(below, full);
        int skipped = at.Key.Length == 0 ? 0 : at.Key.Length + 1;
        return
        [
            .. below.Where(IsEventFile)
                .Select(o => o.Key[..Math.Max(Math.Max(0, skipped - 1), o.Key.LastIndexOf('/'))])
                .Distinct(StringComparer.Ordinal)
                .Select(run => run.Length < skipped || run.Length == 0
                    ? (Name: ".", Path: full)
                    : (Name: run[skipped..], Path: PathOf(at.Container, run)))
                .OrderBy(run => run.Name, StringComparer.Ordinal),
        ];
    }

    internal override IReadOnlyList<(string Name, string Path, IReadOnlyList<string> Files)> RunsWithFilesBelow(
        string path, Action<string, string> onUnreadable)
    {
        // Listing each run would go through all objects for each.
        ILookup<string, string> files = Objects.Where(IsEventFile)
            .Select(o => PathOf(_root.Container, o.Key)).Order(StringComparer.Ordinal)
            .ToLookup(file => file[..file.LastIndexOf('/')], StringComparer.Ordinal);
        return
        [
            .. RunsBelow(path).Select(run => (
                run.Name, run.Path, (IReadOnlyList<string>)(files[run.Path].ToArray() is [_, ..] own ? own : [run.Path]))),
        ];
    }

    internal override IReadOnlyList<string> EventFilesOf(string path)
    {
        string full = FullPath(path);
        ObjectPath at = ObjectPath.Split(full);
        if (ByKey.ContainsKey(at.Key))
            return [full];
        List<StoredObject> below = Below(at);
        ThrowIfMissing(below, full);
        int skipped = at.Key.Length == 0 ? 0 : at.Key.Length + 1;
        return
        [
            .. below.Where(o => IsEventFile(o) && o.Key.IndexOf('/', skipped) < 0)
                .Select(o => o.Key).Order(StringComparer.Ordinal).Select(key => PathOf(at.Container, key)),
        ];
    }

    internal override long LengthOf(string path) =>
        ByKey.TryGetValue(ObjectPath.Split(FullPath(path)).Key, out StoredObject found) ? found.Size : throw Missing(path);

    internal override string? VersionOf(string path) =>
        ByKey.TryGetValue(ObjectPath.Split(FullPath(path)).Key, out StoredObject found) ? found.Version : null;

    internal override void WillRead(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            ObjectPath at = ObjectPath.Split(FullPath(file));
            if (ByKey.TryGetValue(at.Key, out StoredObject found))
                _ahead.Add(at, found.Size);
        }
    }

    internal override IStoredFile OpenRead(string path)
    {
        ObjectPath at = ObjectPath.Split(FullPath(path));
        return ByKey.TryGetValue(at.Key, out StoredObject found)
            ? new ObjectFile(store, at, found.Size, _ahead.Take(at))
            : throw Missing(path);
    }

    internal override IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix) =>
        store.CreateEventFile(run, now, suffix);

    internal override IEventFile CreateFile(string path) => store.CreateFile(path);

    internal override void WriteFile(string path, Action<Stream> write, bool sync = false) =>
        store.WriteFile(path, write, sync);

    internal override void UpdateFile(string path, Func<string, string> change, bool sync = false) =>
        store.UpdateFile(path, change, sync);

    private static FileNotFoundException Missing(string path) => new($"There is no object '{path}'.", path);

    private static bool IsEventFile(StoredObject o) =>
        o.Key.AsSpan(o.Key.LastIndexOf('/') + 1).Contains(EventFileName.Marker, StringComparison.Ordinal);

    private static void ThrowIfMissing(List<StoredObject> below, string path)
    {
        if (below.Count > 0)
            return;
        if (path[(path.LastIndexOf('/') + 1)..].Contains(EventFileName.Marker, StringComparison.Ordinal))
            throw Missing(path);
        throw new DirectoryNotFoundException($"There is no object below '{path}'.");
    }

    // The objects at and below a path.
    private List<StoredObject> Below(ObjectPath at) =>
        at.Key.Length == 0 ? Objects : Objects.FindAll(o => IsAtOrBelow(o.Key, at.Key));

    private string PathOf(string container, string key) => $"{store.Scheme}://{container}/{key}";

    private async Task<List<StoredObject>> ListAsync()
    {
        // Without the slash, the keys of runs/a2 would be listed for runs/a. Only the key of a file has none.
        string name = _root.Key[(_root.Key.LastIndexOf('/') + 1)..];
        bool mayBeFile = name.Contains(EventFileName.Marker, StringComparison.Ordinal);
        string prefix = _root.Key.Length == 0 || mayBeFile ? _root.Key : $"{_root.Key}/";
        var listed = new List<StoredObject>();
        await foreach (StoredObject o in store.ListAsync(_root with { Key = prefix }, CancellationToken.None)
            .ConfigureAwait(false))
        {
            // Some consoles mark a folder by an empty object whose key ends with a slash.
            if (!o.Key.EndsWith('/') && (_root.Key.Length == 0 || IsAtOrBelow(o.Key, _root.Key)))
                listed.Add(o);
        }

        return listed;
    }

    private static bool IsAtOrBelow(string key, string root) =>
        key.StartsWith(root, StringComparison.Ordinal) && (key.Length == root.Length || key[root.Length] == '/');
}
