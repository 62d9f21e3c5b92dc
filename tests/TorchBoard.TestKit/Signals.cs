using System.Diagnostics;
using System.Globalization;

namespace TorchBoard.TestKit;

/// <summary>Signals to child processes.</summary>
internal static class Signals
{
    private const string Option = "--default-signal=INT,HUP,QUIT";

    /// <summary>
    /// The start information of a program that a signal can end. A shell's background jobs ignore Ctrl-C and similar
    /// signals, and so does everything that they start. If <c>env</c> can reset the signals, it starts the program.
    /// </summary>
    public static ProcessStartInfo StartWithDefaults(params string[] program) =>
        OperatingSystem.IsLinux() && Shell.Try("env", Option, "true")
            ? new ProcessStartInfo("env", [Option, .. program])
            : new ProcessStartInfo(program[0], program[1..]);

    /// <summary>Sends a signal by its name, for example INT.</summary>
    public static void Send(Process process, string signal) =>
        Shell.Try("kill", $"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture));
}
