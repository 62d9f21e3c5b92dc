using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchBoard.Victim;

/// <summary>Starts this program again.</summary>
internal static class Self
{
    private static string Program => typeof(Self).Assembly.Location;

    /// <summary>Starts a child of this process.</summary>
    public static Process Start(string way, string directory) =>
        Process.Start(Environment.ProcessPath!, [Program, way, directory]);

    /// <summary>Replaces this process and keeps its ID. Nothing is disposed or ended.</summary>
    public static void Become(string way, string directory, int generation)
    {
        string dotnet = Environment.ProcessPath!;
        string number = generation.ToString(CultureInfo.InvariantCulture);
        if (Execute(dotnet, [dotnet, Program, way, directory, number, null]) != 0)
            throw new InvalidOperationException($"execv failed with {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", EntryPoint = "execv", SetLastError = true, CharSet = CharSet.Ansi)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(string path, string?[] arguments);
}
