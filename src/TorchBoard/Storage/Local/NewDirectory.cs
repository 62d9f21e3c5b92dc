using System.Runtime.InteropServices;

namespace TorchBoard.Storage.Local;

/// <summary>Creates directories that nobody else has created; the framework does not report who did.</summary>
internal static partial class NewDirectory
{
    /// <summary>ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS of Windows.</summary>
    private const int WindowsFileExists = 80;
    private const int WindowsAlreadyExists = 183;

    private const uint AllThatTheMaskAllows = 0b111_111_111;

    /// <summary>
    /// Creates a directory and those above it. Returns false if there is something at the path already; of several callers
    /// in any processes, one gets true. Any other failure is reported when a file is created in it.
    /// </summary>
    /// <param name="path">The full path.</param>
    public static bool TryCreate(string path)
    {
        NewEntries entries = NewEntries.OfFileIn(path);
        try
        {
            if (Path.GetDirectoryName(path) is { } above)
                Directory.CreateDirectory(above);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }

        bool isCreated = OperatingSystem.IsWindows()
            ? CreateOnWindows(path, 0) || Marshal.GetLastPInvokeError() is not (WindowsFileExists or WindowsAlreadyExists)
            : CreateOnUnix(path, AllThatTheMaskAllows) == 0 || Marshal.GetLastPInvokeError() != UnixFile.FileExists;
        if (isCreated)
            entries.LeaveToNextFile();
        return isCreated;
    }

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateOnUnix(string path, uint mode);

    [LibraryImport("kernel32", EntryPoint = "CreateDirectoryW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateOnWindows(string path, nint security);
}
