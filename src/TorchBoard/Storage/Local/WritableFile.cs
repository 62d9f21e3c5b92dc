using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Storage.Local;

/// <summary>A file open for writing at any position. Every error of the system is an exception. Not thread-safe.</summary>
/// <remarks>
/// On Unix, it calls the system itself. The framework ignores errors of fsync and close, and after some errors of a
/// write (ENXIO, ESPIPE), it writes the same bytes to the start of the file.
/// </remarks>
internal sealed class WritableFile : IDisposable
{
    public readonly string Path;
    public readonly SafeFileHandle Handle;

    private WritableFile(string path, SafeFileHandle handle)
    {
        Path = path;
        Handle = handle;
    }

    /// <summary>Creates a new file.</summary>
    /// <exception cref="IOException">The file exists (<see cref="IsTaken"/>) or cannot be created.</exception>
    public static WritableFile Create(string path)
    {
        try
        {
            return Open(path, FileMode.CreateNew);
        }
        catch (Exception e) when (!IsTaken(e))
        {
            DeleteEmpty(path);
            throw;
        }
    }

    /// <summary>Opens an existing file.</summary>
    public static WritableFile OpenExisting(string path) => Open(path, FileMode.Open);

    /// <summary>Whether a file could not be created because its name is taken.</summary>
    public static bool IsTaken(Exception e) => e.HResult is UnixFile.FileExists
        or unchecked((int)0x80070050) or unchecked((int)0x800700B7);

    /// <exception cref="IOException">Some or all of the bytes were not written.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long position)
    {
        if (UnixFile.IsSupported)
            UnixFile.Write(Handle, bytes, position, Path);
        else
            RandomAccess.Write(Handle, bytes, position);
    }

    public void SetLength(long length)
    {
        if (UnixFile.IsSupported)
            UnixFile.SetLength(Handle, length, Path);
        else
            RandomAccess.SetLength(Handle, length);
    }

    /// <summary>Waits until the file's content would survive a power failure.</summary>
    /// <exception cref="IOException">
    /// It would not. The system may have discarded data, and a later call may succeed regardless.
    /// </exception>
    public void SyncToDisk()
    {
        if (UnixFile.IsSupported)
            UnixFile.SyncToDisk(Handle, Path);
        else
            RandomAccess.FlushToDisk(Handle);
    }

    /// <summary>Closes the file.</summary>
    /// <exception cref="IOException">Data that was written before is lost; the file is closed.</exception>
    public void Dispose()
    {
        if (UnixFile.IsSupported)
            UnixFile.Close(Handle, Path);
        else
            Handle.Dispose();
    }

    private static WritableFile Open(string path, FileMode mode) => new(
        path, File.OpenHandle(path, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));

    // Creating may fail after the file appeared; attempts would fill the directory with empty files.
    private static void DeleteEmpty(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: 0 })
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The caller reports the original failure.
        }
    }
}
