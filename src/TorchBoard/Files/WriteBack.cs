using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Files;

/// <summary>What the system has of a file on its way to the disk.</summary>
internal static partial class WriteBack
{
    private const uint Write = 2;

    private static readonly bool IsSupported = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>
    /// Has Linux begin to put a part of a file on the disk. Elsewhere it does nothing: only how long a later sync takes
    /// depends on it.
    /// </summary>
    public static void Start(SafeFileHandle file, long offset, long length)
    {
        // What fails here, a file that is a pipe say, the sync tells of where it matters.
        if (IsSupported)
            _ = SyncFileRange(file, offset, length, Write);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);
}
