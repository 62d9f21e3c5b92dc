using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TorchBoard.Extensions.Hosting.Tests;

/// <summary>The program of the README, in a process of its own that is told to end.</summary>
internal sealed partial class WorkerTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/TorchBoard.Extensions.Hosting.Worker");

    [Test]
    public void The_program_of_the_README_is_the_one_that_is_tested()
    {
        string readme = Repository.Read("src/TorchBoard.Extensions.Hosting/README.md");
        string program = File.ReadAllText(Path.Combine(Folder, "Program.cs"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(readme, Does.Contain($"```csharp\n{program}```"));
            Assert.That(program.TrimEnd().Split('\n'), Has.Length.AtMost(25), "a worker is short");
        }
    }

    [TestCase("TERM")]
    [TestCase("INT")]
    [Platform("Unix", Reason = "signals")]
    public async Task A_worker_that_is_told_to_end_loses_nothing(string signal)
    {
        using var directory = new TestDirectory();
        ProcessStartInfo start = Signals.StartWithDefaults(
            "dotnet", Path.Combine(TestContext.CurrentContext.TestDirectory, "TorchBoard.Extensions.Hosting.Worker.dll"),
            "--contentRoot", directory);
        start.RedirectStandardOutput = true;
        using Process worker = Process.Start(start)!;
        int last = 0;
        bool isSent = false;
        while (await worker.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Step().Match(line) is not { Success: true } match)
                continue;
            last = int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            if (last >= 20 && !isSent)
            {
                isSent = true;
                Signals.Send(worker, signal);
            }
        }

        await worker.WaitForExitAsync();
        RunLog run = RunLog.Open(Path.GetDirectoryName(directory.EventFiles().Single())!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(worker.ExitCode, Is.Zero);
            Assert.That(last, Is.AtLeast(20));
            Assert.That(run.Scalars["loss"].Count, Is.EqualTo(last));
            Assert.That(run.Scalars["MyCompany.Training/batches/total"].Values[^1], Is.EqualTo(last));
        }
    }

    [GeneratedRegex(@"Step (\d+)$")]
    private static partial Regex Step();
}
