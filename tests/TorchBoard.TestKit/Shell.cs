using System.Diagnostics;

namespace TorchBoard.TestKit;

/// <summary>Programs of the operating system, for example mount.</summary>
internal static class Shell
{
    /// <summary>Runs a program and returns whether its exit code was 0.</summary>
    public static bool Try(string program, params string[] arguments)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>Mounts, or skips the test if that is not allowed.</summary>
    public static void MountOrIgnore(params string[] arguments)
    {
        if (!Try("mount", arguments))
            Assert.Ignore("Mounting needs root and the right to mount.");
    }
}
