using System.Text.RegularExpressions;

namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>Commands of the .NET SDK that trim or compile to native code.</summary>
internal static partial class NativeCompiler
{
    /// <summary>
    /// Runs a command in the repository, which must succeed without warnings. Ignores the test if this machine lacks what
    /// the command needs.
    /// </summary>
    public static void Run(params string[] arguments)
    {
        Command command = Command.Run(Repository.Root, "dotnet", [.. arguments, "-p:TrimmerSingleWarn=false"]);
        if (command.ExitCode != 0 && Missing().Match(command.Output) is { Success: true } missing)
            Assert.Ignore($"This machine cannot compile such a program: {missing.Value}");
        Assert.That(command.ExitCode, Is.Zero, command.Output);
        Assert.That(Warnings().Matches(command.Output).Select(match => match.Value).Distinct(), Is.Empty);
    }

    // The feed lacks the packs, or there is no linker.
    [GeneratedRegex(@"(NU1101|NU1102|NU1301|NETSDK1094|Platform linker).*")]
    private static partial Regex Missing();

    // The JSON formatter of Google.Protobuf, which the library does not use, has warnings.
    [GeneratedRegex(@"warning IL\d+: (?!Google\.Protobuf\.).*")]
    private static partial Regex Warnings();
}
