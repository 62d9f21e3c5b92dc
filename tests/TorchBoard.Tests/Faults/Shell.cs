using System.Diagnostics;

namespace TorchBoard.Tests.Faults;

/// <summary>Programs of the system, such as those that mount.</summary>
internal static class Shell
{
    /// <summary>Whether a program ended well.</summary>
    public static bool Try(string program, params string[] arguments)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>Mounts, or skips the test with the reason.</summary>
    public static void MountOrIgnore(params string[] arguments)
    {
        if (!Try("mount", arguments))
            Assert.Ignore("Mounting needs root and the right to mount.");
    }
}
