using System.Text;
using TorchBoard.Storage;
using TorchBoard.Storage.Objects;

namespace TorchBoard;

/// <summary>Runs as objects.</summary>
public abstract partial class ObjectStorage
{
    // Two writers that keep changing one object take turns in far fewer attempts.
    private const int MostChanges = 100;

    internal override void ThrowIfForeign(string path, string? argument) => ObjectPath.Parse(path, Scheme, argument);

    internal override RunStorage Snapshot(string path) => new ObjectSnapshot(this, FullPath(path));

    internal override string FullPath(string path)
    {
        ObjectPath parsed = ObjectPath.Split(path);
        return parsed.Key.Length == 0 ? $"{Scheme}://{parsed.Container}" : $"{Scheme}://{parsed.Container}/{parsed.Key}";
    }

    internal override string Below(string path, string name) => $"{path}/{name}";

    internal override string NameOf(string path)
    {
        string[] parts = FullPath(path)[$"{Scheme}://".Length..].Split('/');
        bool isFile = parts.Length > 1 && parts[^1].Contains(EventFileName.Marker, StringComparison.Ordinal);
        return parts[isFile ? ^2 : ^1];
    }

    internal override IReadOnlyList<(string Name, string Path)> RunsBelow(string path) => Snapshot(path).RunsBelow(path);

    internal override IReadOnlyList<string> EventFilesOf(string path) => Snapshot(path).EventFilesOf(path);

    internal override IStoredFile OpenRead(string path)
    {
        ObjectPath at = ObjectPath.Split(path);
        if (ObjectRequest.Wait(() => this.FindAsync(at, CancellationToken.None)) is null)
            throw Missing(path);
        return new ObjectFile(this, at, length: null);
    }

    internal override string? VersionOf(string path) =>
        ObjectRequest.Wait(() => this.FindAsync(ObjectPath.Split(path), CancellationToken.None))?.Version;

    internal override byte[]? ReadFile(string path, int maxBytes) => ObjectRequest.Wait(async () =>
    {
        ObjectPath at = ObjectPath.Split(path);
        StoredObject found = await this.FindAsync(at, CancellationToken.None).ConfigureAwait(false) ?? throw Missing(path);
        return found.Size > maxBytes ? null : await this.ReadAllAsync(at, found.Size, CancellationToken.None).ConfigureAwait(false);
    });

    internal override IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix) => throw OnlySpooled();

    internal override IEventFile CreateFile(string path) => throw OnlySpooled();

    internal override void WriteFile(string path, Action<Stream> write, bool sync = false)
    {
        using var content = new MemoryStream();
        write(content);
        ObjectRequest.Wait(
            () => WriteAsync(ObjectPath.Split(path), content, ifVersion: null, CancellationToken.None).AsTask());
    }

    internal override void UpdateFile(string path, Func<string, string> change, bool sync = false) =>
        ObjectRequest.Wait(() => UpdateAsync(ObjectPath.Split(path), change, CancellationToken.None));

    internal async Task UpdateAsync(ObjectPath path, Func<string, string> change, CancellationToken cancellationToken)
    {
        for (int changes = 0; ; changes++)
        {
            StoredObject? found = await this.FindAsync(path, cancellationToken).ConfigureAwait(false);
            byte[] before = found is { } o
                ? await this.ReadAllAsync(path, o.Size, cancellationToken).ConfigureAwait(false)
                : [];
            using var after = new MemoryStream(Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(before))));
            try
            {
                await WriteAsync(path, after, found?.Version ?? "", cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ObjectChangedException) when (changes < MostChanges)
            {
                // By another program: the change is made again, to the new text.
            }
        }
    }

    private static FileNotFoundException Missing(string path) => new($"There is no object '{path}'.", path);

    // Their events would wait for the network.
    private static NotSupportedException OnlySpooled() =>
        new("Event files of an object store are written by a SummaryWriter, through files on the local disk.");
}
