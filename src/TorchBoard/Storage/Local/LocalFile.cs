using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Storage.Local;

/// <summary>A file of a file system that is read.</summary>
internal sealed class LocalFile(string path) : IStoredFile
{
    // A reader must never be in the way of the writer, nor of whoever deletes or moves the file.
    private readonly SafeFileHandle _handle = File.OpenHandle(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long position) => RandomAccess.Read(_handle, buffer, position);

    public void Dispose() => _handle.Dispose();
}
