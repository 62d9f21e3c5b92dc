using System.Text;
using TorchBoard.Storage;
using TorchBoard.Storage.Local;
using TorchBoard.Storage.Objects;

namespace TorchBoard.Uploading;

/// <summary>Copies the runs of a store to a directory, again and again as they grow. Not thread-safe.</summary>
internal sealed class DirectoryDownload(ObjectStorage store, string path, string directory, SyncOptions options)
{
    private const int MostRead = 8 << 20;

    /// <summary>The number of bytes that must be the same before more is added to a file.</summary>
    private const int Compared = 4096;

    private readonly Dictionary<string, string> _versions = new(StringComparer.Ordinal);

    /// <inheritdoc cref="DirectoryUpload.PassAsync"/>
    public async Task<SyncResult> PassAsync(bool all, CancellationToken cancellationToken)
    {
        var count = new SyncCount(options);
        ObjectPath at = ObjectPath.Split(path);
        string prefix = at.Key.Length == 0 ? "" : $"{at.Key}/";
        var there = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        await foreach (StoredObject o in store.ListAsync(at with { Key = prefix }, cancellationToken).ConfigureAwait(false))
            there[o.Key] = o;

        foreach (string key in there.Keys.Where(key => NameOf(key).Contains(EventFileName.Marker, StringComparison.Ordinal)).ToList())
            await AddAsync(key, isGrowing: true).ConfigureAwait(false);
        foreach (string config in there.Keys.Where(key => NameOf(key) == EmbeddingList.Name).ToList())
        {
            string run = config[..(config.LastIndexOf('/') + 1)];
            foreach (string file in await ReferencesAsync(there[config]).ConfigureAwait(false))
            {
                if (there.ContainsKey(run + file))
                    await AddAsync(run + file, isGrowing: false).ConfigureAwait(false);
            }

            await AddAsync(config, isGrowing: false).ConfigureAwait(false);
        }

        return count.Result;

        static string NameOf(string key) => key[(key.LastIndexOf('/') + 1)..];

        async Task<IEnumerable<string>> ReferencesAsync(StoredObject config)
        {
            byte[] text = await store.ReadAllAsync(at with { Key = config.Key }, config.Size, cancellationToken)
                .ConfigureAwait(false);
            return ProjectorReferences.In(Encoding.UTF8.GetString(text));
        }

        Task AddAsync(string key, bool isGrowing)
        {
            string source = $"{store.Scheme}://{at.Container}/{key}";
            string name = key[prefix.Length..];
            string? bad = Array.Find(name.Split('/'), part => part.Length == 0 || RunName.Sanitize(part) != part);
            if (bad is not null)
            {
                count.Fail(source, directory, $"'{bad}' in its name cannot be the name of a file on every system.");
                return Task.CompletedTask;
            }

            string file = Path.Combine(directory, name.Replace('/', Path.DirectorySeparatorChar));
            return count.AddAsync(source, file, () => CopyAsync(there[key], file, isGrowing, cancellationToken));
        }
    }

    private async Task<long?> CopyAsync(
        StoredObject found, string file, bool isGrowing, CancellationToken cancellationToken)
    {
        var info = new FileInfo(file);
        if (info.Exists && _versions.GetValueOrDefault(found.Key) == found.Version)
            return null;
        long length = info.Exists ? info.Length : -1;
        if (length == found.Size && info.LastWriteTimeUtc >= found.Modified.UtcDateTime)
            return null;
        ObjectPath at = ObjectPath.Split(path) with { Key = found.Key };
        long? received = isGrowing
            ? await AddToAsync(at, found.Size, file, Math.Max(0, length), cancellationToken).ConfigureAwait(false)
            : await ReplaceAsync(at, found.Size, file, cancellationToken).ConfigureAwait(false);
        _versions[found.Key] = found.Version;
        return received;
    }

    private async Task<long?> ReplaceAsync(ObjectPath at, long size, string file, CancellationToken cancellationToken)
    {
        byte[] content = await store.ReadAllAsync(at, size, cancellationToken).ConfigureAwait(false);
        byte[]? before = File.Exists(file)
            ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)
            : null;
        if (before is not null && content.AsSpan().SequenceEqual(before))
            return null;
        SharedFile.Write(file, stream => stream.Write(content), sync: false);
        return content.Length;
    }

    private async Task<long?> AddToAsync(
        ObjectPath at, long size, string file, long length, CancellationToken cancellationToken)
    {
        if (length > size)
            throw Different("is longer than");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var local = new FileStream(
            file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
        long offset = Math.Max(0, length - Compared);
        byte[] buffer = new byte[(int)Math.Clamp(size - offset, 1, MostRead)];
        for (long from = offset; from < size;)
        {
            int wanted = (int)Math.Min(buffer.Length, size - from);
            int count = await store.ReadAsync(at, from, buffer.AsMemory(0, wanted), cancellationToken)
                .ConfigureAwait(false);
            if (count == 0)
                break;
            int known = (int)Math.Clamp(length - from, 0, count);
            if (!IsThere(local, from, buffer.AsSpan(0, known)))
                throw Different("does not begin as");
            local.Position = from + known;
            local.Write(buffer.AsSpan(known, count - known));
            from += count;
        }

        return local.Length > length ? local.Length - length : null;

        IOException Different(string what) => new(
            $"'{file}' {what} '{store.Scheme}://{at.Container}/{at.Key}', so that it must be another run; neither is "
            + "touched. Choose another directory, or delete one of them.");
    }

    private static bool IsThere(FileStream local, long position, ReadOnlySpan<byte> bytes)
    {
        byte[] there = new byte[bytes.Length];
        local.Position = position;
        return local.ReadAtLeast(there, there.Length, throwOnEndOfStream: false) == there.Length
            && bytes.SequenceEqual(there);
    }
}
