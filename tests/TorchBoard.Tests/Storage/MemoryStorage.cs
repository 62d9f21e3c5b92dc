using System.Text;
using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

/// <summary>
/// Runs in memory, under paths that are not file paths: a minimal storage.
/// </summary>
internal class MemoryStorage : RunStorage
{
    private const string Scheme = "memory://";

    private readonly Dictionary<string, MemoryStream> _files = new(StringComparer.Ordinal);

    internal override string FullPath(string path) =>
        (path.StartsWith(Scheme, StringComparison.Ordinal) ? path : Scheme + path).TrimEnd('/');

    internal override string Below(string path, string name) => $"{path}/{name}";

    internal override string NameOf(string path) => IsFile(path) ? Name(Parent(path)) : Name(path);

    internal override IReadOnlyList<(string Name, string Path)> RunsBelow(string path)
    {
        ThrowIfMissing(path);
        return
        [
            .. Below(path).Where(IsEventFile).Select(Parent).Distinct()
                .Select(run => (Name: run == path ? "." : run[(path.Length + 1)..], Path: run))
                .OrderBy(run => run.Name, StringComparer.Ordinal),
        ];
    }

    internal override IReadOnlyList<string> EventFilesOf(string path)
    {
        ThrowIfMissing(path);
        return IsFile(path)
            ? [path]
            : [.. Below(path).Where(file => Parent(file) == path && IsEventFile(file)).Order(StringComparer.Ordinal)];
    }

    internal override string? VersionOf(string path)
    {
        lock (_files)
            return _files.TryGetValue(path, out MemoryStream? file) ? Convert.ToHexString(file.ToArray()) : null;
    }

    internal override IStoredFile OpenRead(string path)
    {
        lock (_files)
            return new Reader(_files.TryGetValue(path, out MemoryStream? file) ? file : throw Missing(path));
    }

    internal override IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix)
    {
        lock (_files)
        {
            string? last = Below(run).Where(file => Parent(file) == run && IsEventFile(file)).Select(Name)
                .Max(StringComparer.Ordinal);
            string path = Below(run, EventFileName.Next(last, now, suffix));
            return new Appender(this, path, _files[path] = new MemoryStream());
        }
    }

    internal override IEventFile CreateFile(string path)
    {
        lock (_files)
        {
            return _files.TryAdd(path, new MemoryStream())
                ? new Appender(this, path, _files[path])
                : throw new IOException($"'{path}' exists.");
        }
    }

    internal override void WriteFile(string path, Action<Stream> write, bool sync = false)
    {
        var file = new MemoryStream();
        write(file);
        lock (_files)
            _files[path] = Holding(file.ToArray());
    }

    internal override void UpdateFile(string path, Func<string, string> change, bool sync = false)
    {
        lock (_files)
        {
            string text = _files.TryGetValue(path, out MemoryStream? file) ? Encoding.UTF8.GetString(file.ToArray()) : "";
            _files[path] = Holding(Encoding.UTF8.GetBytes(change(text)));
        }
    }

    public void Delete(string path)
    {
        lock (_files)
            _files.Remove(path);
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Parent(string path) => path[..path.LastIndexOf('/')];

    private static bool IsEventFile(string path) => Name(path).Contains(EventFileName.Marker, StringComparison.Ordinal);

    private static FileNotFoundException Missing(string path) => new($"There is nothing at '{path}'.", path);

    private static MemoryStream Holding(byte[] content)
    {
        var file = new MemoryStream();
        file.Write(content);
        return file;
    }

    private bool IsFile(string path)
    {
        lock (_files)
            return _files.ContainsKey(path);
    }

    private string[] Below(string path)
    {
        lock (_files)
            return [.. _files.Keys.Where(file => file.StartsWith(path + "/", StringComparison.Ordinal))];
    }

    private void ThrowIfMissing(string path)
    {
        if (!IsFile(path) && Below(path).Length == 0)
            throw Missing(path);
    }

    private sealed class Appender(MemoryStorage storage, string path, MemoryStream file) : IEventFile
    {
        public string Path => path;

        public bool IsGone
        {
            get
            {
                lock (storage._files)
                    return !storage._files.TryGetValue(path, out MemoryStream? there) || there != file;
            }
        }

        public void Append(ReadOnlySpan<byte> records)
        {
            lock (file)
                file.Write(records);
        }

        public void SyncToDisk()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Reader(MemoryStream file) : IStoredFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long position)
        {
            lock (file)
            {
                int length = (int)Math.Clamp(file.Length - position, 0, buffer.Length);
                file.GetBuffer().AsSpan((int)Math.Min(position, file.Length), length).CopyTo(buffer);
                return length;
            }
        }

        public void Dispose()
        {
        }
    }
}
