using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Storage.Local;

/// <summary>Starts the system's writing of a file to the disk.</summary>
internal static partial class WriteBack
{
    private const long ToTheEnd = 0;
    private const uint Write = 2;

    private static readonly bool IsSupported = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>
    /// Makes Linux start writing unwritten data to the disk. On other systems, it does nothing; this only affects how
    /// long a later sync takes.
    /// </summary>
    public static void Start(SafeFileHandle file)
    {
        // Errors, for example if the file is a pipe, are ignored here; the sync reports those that matter.
        if (IsSupported)
            _ = SyncFileRange(file, 0, ToTheEnd, Write);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);
}
