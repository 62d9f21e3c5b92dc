using System.Runtime.InteropServices;

namespace TorchBoard.Reports;

/// <summary>
/// Reports for which the program has no handler. A report never holds up its caller: standard error may be a full pipe
/// that nobody reads.
/// </summary>
internal static partial class StandardError
{
    private const int Descriptor = 2;
    private const short Writable = 4;

    /// <summary>The maximum length of a line: what a pipe that is not full takes without blocking.</summary>
    private const int MostBytes = 4096;

    private const int MostCharacters = (MostBytes / 3) - 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly object Gate = new();

    private static Thread? _writing;

    /// <summary>Writes a line, or drops it while standard error takes nothing.</summary>
    public static void WriteLine(string line)
    {
        string cut = line.Length > MostCharacters ? $"{line[..MostCharacters]}…" : line;

        // Others wait here while a line is written, but not while one is stuck.
        lock (Gate)
        {
            if (_writing is { IsAlive: true } || !CanWrite())
                return;
            _writing = new Thread(() => Write(cut)) { IsBackground = true, Name = "TorchBoard report" };
            _writing.Start();
            _writing.Join(Patience);
        }
    }

    // A write to the console that blocks would hold a lock that all other output to the console needs.
    private static bool CanWrite()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return true;
        var polled = new Polled { Descriptor = Descriptor, Events = Writable };
        return Poll(ref polled, 1, timeout: 0) != 0;
    }

    private static void Write(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception)
        {
            // Standard error may be redirected to the same full disk or to user code. Nothing else can be notified.
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref Polled polled, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
