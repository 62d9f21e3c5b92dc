using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>A program that uses the library can be trimmed and compiled to native code.</summary>
[Category("Publishing")]
[Explicit("Each test takes a minute; .ci/native runs them.")]
internal sealed partial class PublishingTests
{
    private const string Program = "tests/TorchBoard.NativeProgram";

    [Test]
    public void A_trimmed_program_reads_back_what_it_logs() => AssertRuns("--self-contained", "-p:PublishTrimmed=true");

    [Test]
    public void A_program_compiled_to_native_code_reads_back_what_it_logs() => AssertRuns("-p:PublishAot=true");

    private static void AssertRuns(params string[] publishing)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("torchboard-published-");
        try
        {
            string output = Path.Combine(directory.FullName, "out");
            Command published = Command.Run(
                Repository.Root,
                "dotnet",
                [
                    "publish", Program, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output,
                    "-p:TrimmerSingleWarn=false", .. publishing,
                ]);
            if (published.ExitCode != 0 && Missing().Match(published.Output) is { Success: true } missing)
                Assert.Ignore($"This machine cannot publish such a program: {missing.Value}");

            Assert.That(published.ExitCode, Is.Zero, published.Output);
            Assert.That(Warnings().Matches(published.Output).Select(match => match.Value).Distinct(), Is.Empty);
            string name = Path.GetFileName(Program) + (OperatingSystem.IsWindows() ? ".exe" : "");
            Command.Succeed(directory.FullName, Path.Combine(output, name), Path.Combine(directory.FullName, "run"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    // The feed lacks the packs, or there is no linker.
    [GeneratedRegex(@"(NU1101|NU1102|NU1301|NETSDK1094|Platform linker).*")]
    private static partial Regex Missing();

    // The JSON formatter of Google.Protobuf, which the library does not use, has warnings.
    [GeneratedRegex(@"warning IL\d+: (?!Google\.Protobuf\.).*")]
    private static partial Regex Warnings();
}
