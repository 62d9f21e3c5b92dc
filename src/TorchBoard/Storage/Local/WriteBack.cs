using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Storage.Local;

/// <summary>What the system has of a file on its way to the disk.</summary>
internal static partial class WriteBack
{
    private const long ToTheEnd = 0;
    private const uint Write = 2;

    private static readonly bool IsSupported = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>
    /// Has Linux begin to put on the disk what is not yet on its way. Elsewhere it does nothing: only how long a later
    /// sync takes depends on it.
    /// </summary>
    public static void Start(SafeFileHandle file)
    {
        // What fails here, a file that is a pipe say, the sync tells of where it matters.
        if (IsSupported)
            _ = SyncFileRange(file, 0, ToTheEnd, Write);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);
}
