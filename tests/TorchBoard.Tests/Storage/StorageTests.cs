using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Storage;

internal sealed class DirectoryStorageTests : RunStorageContract
{
    private string _directory = "";

    protected override (RunStorage Storage, string Root) Open()
    {
        _directory = Directory.CreateTempSubdirectory("torchboard-storage-").FullName;
        return (DirectoryStorage.Instance, Path.Combine(_directory, "logs"));
    }

    protected override void Close() => Directory.Delete(_directory, recursive: true);

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
