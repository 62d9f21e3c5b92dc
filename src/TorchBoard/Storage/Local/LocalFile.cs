using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Storage.Local;

/// <summary>A file in the file system, open for reading.</summary>
internal sealed class LocalFile(string path) : IStoredFile
{
    private readonly SafeFileHandle _handle = Open(path);

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long position) => RandomAccess.Read(_handle, buffer, position);

    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Open(string path)
    {
        // Opening a named pipe waits for its writer, and opening some devices has effects.
        if (FileStatus.Of(path) is { IsRegularFile: false } status)
            throw new FileNotFoundException($"'{path}' is {status.TypeName}, not a regular file.", path);
        try
        {
            // A reader must not block the writer, or others that delete or move the file.
            return File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        }
        catch (FileNotFoundException e) when (LocalPath.IsInvalid(path))
        {
            throw new FileNotFoundException($"'{path}' cannot be opened: its name is not valid UTF-8.", path, e);
        }
    }
}
