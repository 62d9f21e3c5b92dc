using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Storage.Local;

/// <summary>A file in the file system, open for reading.</summary>
internal sealed class LocalFile(string path) : IStoredFile
{
    // A reader must not block the writer, or others that delete or move the file.
    private readonly SafeFileHandle _handle = File.OpenHandle(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long position) => RandomAccess.Read(_handle, buffer, position);

    public void Dispose() => _handle.Dispose();
}
