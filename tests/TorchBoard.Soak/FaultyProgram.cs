using System.ComponentModel;
using System.Diagnostics;
using TorchBoard.TestKit;

namespace TorchBoard.Soak;

/// <summary>This program, started once more with the library preloaded that makes calls fail.</summary>
internal static class FaultyProgram
{
    private const string Path = "FAULTS_PATH";

    /// <summary>The directory below which calls may fail; null in the program that starts this one.</summary>
    public static string? Directory => Environment.GetEnvironmentVariable(Path);

    /// <summary>Starts the program and returns its exit code.</summary>
    public static int Start(string[] arguments)
    {
        DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("torchboard-soak-");
        if (Compile(directory) is not { } library)
        {
            directory.Delete(recursive: true);
            Console.WriteLine("skipped: making calls of the system fail needs Linux and a C compiler (cc)");
            return 0;
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments);
        start.Environment["LD_PRELOAD"] = library;
        start.Environment[Path] = System.IO.Path.Combine(directory.FullName, "runs");
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode == 0)
            directory.Delete(recursive: true);
        return process.ExitCode;
    }

    private static string? Compile(DirectoryInfo directory)
    {
        string source = System.IO.Path.Combine(AppContext.BaseDirectory, "faults.c");
        string library = System.IO.Path.Combine(directory.FullName, "faults.so");
        try
        {
            return OperatingSystem.IsLinux()
                && Shell.Try("cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl", "-lpthread")
                ? library
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
