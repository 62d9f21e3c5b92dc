using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Storage;

internal sealed class DirectoryStorageTests : RunStorageContract
{
    private TestDirectory _directory = null!;

    protected override (RunStorage Storage, string Root) Open()
    {
        _directory = new TestDirectory();
        return (DirectoryStorage.Instance, Path.Combine(_directory, "logs"));
    }

    protected override void Close() => _directory.Dispose();

    protected override void Delete(string path) => File.Delete(path);
}

internal sealed class MemoryStorageTests : RunStorageContract
{
    private readonly List<MemoryStorage> _opened = [];

    protected override (RunStorage Storage, string Root) Open()
    {
        _opened.Add(new MemoryStorage());
        return (_opened[^1], "memory://logs");
    }

    protected override void Delete(string path) => _opened[^1].Delete(path);
}
