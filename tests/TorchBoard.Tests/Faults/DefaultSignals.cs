using System.Diagnostics;

namespace TorchBoard.Tests.Faults;

/// <summary>
/// The background jobs of a shell ignore Ctrl-C and its like, and so does all that they start. A program that is to be
/// ended by a signal is started with the signals as they are elsewhere.
/// </summary>
internal static class DefaultSignals
{
    private const string Option = "--default-signal=INT,HUP,QUIT";

    /// <summary>
    /// The program's arguments, with what resets signals before it, where this system's <c>env</c> does.
    /// </summary>
    public static ProcessStartInfo For(params string[] program) =>
        OperatingSystem.IsLinux() && CanReset()
            ? new ProcessStartInfo("env", [Option, .. program])
            : new ProcessStartInfo(program[0], program[1..]);

    private static bool CanReset()
    {
        using Process env =
            Process.Start(new ProcessStartInfo("env", [Option, "true"]) { RedirectStandardError = true })!;
        env.WaitForExit();
        return env.ExitCode == 0;
    }
}
