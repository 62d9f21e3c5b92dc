using System.Runtime.InteropServices;

namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>A program that uses the library can be trimmed and compiled to native code.</summary>
[Category("Publishing")]
[Explicit("Each test takes a minute; .ci/native runs them.")]
internal sealed class PublishingTests
{
    private const string Program = "tests/TorchBoard.NativeProgram";

    [Test]
    public void A_trimmed_program_reads_back_what_it_logs() => AssertRuns("--self-contained", "-p:PublishTrimmed=true");

    [Test]
    public void A_program_compiled_to_native_code_reads_back_what_it_logs() =>
        AssertRuns("-p:PublishAot=true", "-p:NativeDebugSymbols=false");

    private static void AssertRuns(params string[] publishing)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("torchboard-published-");
        try
        {
            string output = Path.Combine(directory.FullName, "out");
            NativeCompiler.Run(
            [
                "publish", Program, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output, .. publishing,
            ]);
            string name = Path.GetFileName(Program) + (OperatingSystem.IsWindows() ? ".exe" : "");
            Command.Succeed(directory.FullName, Path.Combine(output, name), Path.Combine(directory.FullName, "run"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
