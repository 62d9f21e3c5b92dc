using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Storage.Local;

/// <summary>Calls of Linux and macOS that change files; each error is an <see cref="IOException"/>.</summary>
internal static unsafe partial class UnixFile
{
    /// <summary>EEXIST.</summary>
    public const int FileExists = 17;

    private const int Interrupted = 4;
    private const int InvalidArgument = 22;
    private const int LargestWrite = 1 << 30;

    /// <summary>F_FULLFSYNC of macOS, whose fsync does not wait for the disk's own cache.</summary>
    private const int FullSync = 51;

    /// <summary>O_RDONLY and O_CLOEXEC.</summary>
    private static int OpenToRead => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>Whether these calls exist, with offsets of 64 bits.</summary>
    public static bool IsSupported =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && Environment.Is64BitProcess;

    // Without the marshalling of handles and spans, which takes more of the first write than all the rest.
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position, string path)
    {
        // While it is held, the descriptor cannot become that of another file.
        bool isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            Write((int)file.DangerousGetHandle(), bytes, position, path);
        }
        finally
        {
            if (isHeld)
                file.DangerousRelease();
        }
    }

    private static void Write(int descriptor, ReadOnlySpan<byte> bytes, long position, string path)
    {
        while (bytes.Length > 0)
        {
            nint written;
            fixed (byte* first = bytes)
                written = PositionedWrite(descriptor, first, Math.Min(bytes.Length, LargestWrite), position);
            if (written > 0)
            {
                bytes = bytes[(int)written..];
                position += written;
            }
            else if (written == 0)
            {
                throw new IOException($"'{path}' cannot be written: the system accepts no more bytes.");
            }
            else if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw Error("be written", path);
            }
        }
    }

    public static void SetLength(SafeFileHandle file, long length, string path)
    {
        while (Truncate(file, length) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Error("be truncated", path);
        }
    }

    public static void SyncToDisk(SafeFileHandle file, string path)
    {
        // Not every file system of macOS supports the first call.
        if (OperatingSystem.IsMacOS() && Control(file, FullSync) >= 0)
            return;
        while (Sync(file) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Error("be written to the disk", path);
        }
    }

    /// <summary>Waits until the entries of a directory would survive a power failure.</summary>
    public static void SyncDirectory(string path)
    {
        using SafeFileHandle directory = Open(path, OpenToRead);
        if (directory.IsInvalid)
            throw Error("be opened", path);

        // Some file systems keep directories in such a way that there is nothing to wait for.
        if (Sync(directory) < 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            throw Error("be written to the disk", path);
    }

    public static void Close(SafeFileHandle file, string path)
    {
        if (file.IsClosed)
            return;
        int descriptor = (int)file.DangerousGetHandle();
        file.SetHandleAsInvalid();

        // After an interruption, too, the file is closed.
        if (CloseDescriptor(descriptor) < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            throw Error("be closed; the end of its data may be lost", path);
    }

    private static IOException Error(string what, string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"'{path}' cannot {what}: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint PositionedWrite(int descriptor, byte* bytes, nint length, long position);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Truncate(SafeFileHandle file, long length);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseDescriptor(int descriptor);
}
