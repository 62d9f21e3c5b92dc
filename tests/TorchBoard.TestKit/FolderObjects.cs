using System.IO.Hashing;
using System.Runtime.CompilerServices;

namespace TorchBoard.TestKit;

/// <summary>An object store whose objects are files of a directory, for tests with several processes.</summary>
internal sealed class FolderObjects(string directory) : ObjectStorage
{
    public override string Scheme => "folder";

    public override string Endpoint => directory;

    protected internal override async IAsyncEnumerable<StoredObject> ListAsync(
        ObjectPath prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        string container = Path.Combine(directory, prefix.Container);
        Directory.CreateDirectory(container);
        foreach (string path in Directory.EnumerateFiles(container, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            string key = Path.GetRelativePath(container, path).Replace('\\', '/');
            if (!key.StartsWith(prefix.Key, StringComparison.Ordinal) || key.EndsWith(".unfinished", StringComparison.Ordinal))
                continue;
            byte[] content = File.ReadAllBytes(path);
            yield return new StoredObject(key, content.Length, Version(content), File.GetLastWriteTimeUtc(path));
        }
    }

    protected internal override async ValueTask<int> ReadAsync(
        ObjectPath path, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(PathOf(path));
        file.Position = Math.Min(offset, file.Length);
        return await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
    }

    protected internal override ValueTask<string> WriteAsync(
        ObjectPath path, Stream content, string? ifVersion, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        string file = PathOf(path);
        string version = File.Exists(file) ? Version(File.ReadAllBytes(file)) : "";
        if (ifVersion is not null && ifVersion != version)
            throw new ObjectChangedException($"'{file}' is another one.");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string unfinished = $"{file}.{Environment.ProcessId}.unfinished";
        File.WriteAllBytes(unfinished, bytes);
        File.Move(unfinished, file, overwrite: true);
        return ValueTask.FromResult(Version(bytes));
    }

    protected internal override ValueTask DeleteAsync(ObjectPath path, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(path));
        return ValueTask.CompletedTask;
    }

    private static string Version(byte[] content) => Convert.ToHexStringLower(XxHash128.Hash(content));

    private string PathOf(ObjectPath path) => Path.Combine(directory, path.Container, path.Key);
}
