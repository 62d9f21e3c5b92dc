using System.Text.Json;

namespace TorchBoard.Tool.Tests.Runs;

/// <summary>
/// Runs beside files and directories that cannot be read: every command warns, goes on and shows or saves the others.
/// </summary>
[Platform("Linux", Reason = "special files and names of any bytes")]
internal sealed class HostileDirectoryTests : RunsFixture
{
    private const string Special = "events.out.tfevents.0000000001.x";

    private static readonly string[] Commands =
    [
        "list {runs}", "list {runs} --runs", "list {runs} --json", "show {runs}", "show {runs} loss", "export {runs}",
        "watch {runs} --once", "runs {runs}", "merge {runs} --output {out}", "rename {runs} loss b --output {out}",
        "remove {runs} *x* --output {out}", "thin {runs} --every 2 --output {out}", "repair {runs} --output {out}",
    ];

    [TearDown]
    public void DeleteWhatTheFrameworkCannot() => HostileFiles.DeleteContent(Root);

    [Test]
    public void Special_files_and_names_do_not_keep_a_command_from_the_others([ValueSource(nameof(Commands))] string line)
    {
        WriteHostileRuns();
        ToolRun run = Of(line);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        if (line.Contains("{out}", StringComparison.Ordinal))
        {
            foreach (string name in new[] { "good", "mixed" })
                Assert.That(RunLog.Open(At("out", name)).Tags.Values.First().Count, Is.AtLeast(10), name);
            Assert.That(run.Output, Does.Contain("a named pipe").And.Contain("a device").And.Contain("Input/output error"));
            Assert.That(Directory.GetFiles(At("out"), "*", SearchOption.AllDirectories), Has.None.EndsWith(".tmp"));
        }
        else
        {
            Assert.That(run.Output, Does.Contain("good").And.Contain("mixed"));
            Assert.That(run.Error, Does.Contain("a named pipe").And.Contain("valid UTF-8"));
        }
    }

    [Test]
    public void Watch_follows_the_runs_beside_special_files()
    {
        WriteHostileRuns();
        File.Delete(Path.Combine(Runs, "mixed", Special));
        ToolRun run = Of("watch {runs} --for 0.3");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("good").And.Contain("mixed"));
    }

    [Test]
    public void Nothing_is_fine_if_a_part_cannot_be_read()
    {
        WriteHostileRuns();
        ToolRun check = Of("check {runs} --json");
        Assert.That(check.ExitCode, Is.EqualTo(1));
        string[] messages = [.. check.Json.GetProperty("files").EnumerateArray()
            .SelectMany(file => file.GetProperty("findings").EnumerateArray())
            .Where(finding => finding.GetProperty("isError").GetBoolean())
            .Select(finding => finding.GetProperty("message").GetString()!)];
        foreach (string reason in (string[])["a named pipe", "a device", "a socket", "Input/output error", "UTF-8", "Could not find"])
            Assert.That(messages, Has.Some.Contains(reason));
        Assert.That(Of("assert {runs} loss:no-nan").ExitCode, Is.EqualTo(1));
        Assert.That(Of("compare {runs} {runs}/good --seeds --tolerance 1% --allow-missing").ExitCode, Is.EqualTo(1));
        Assert.That(Of("compare {runs} {runs}").ExitCode, Is.Zero);
    }

    [Test]
    public void Repair_reports_what_is_wholly_lost_as_JSON()
    {
        WriteHostileRuns();
        JsonElement[] files = [.. Of("repair {runs} --output {out} --json").Json.GetProperty("files").EnumerateArray()];
        JsonElement lost = files.Single(file => file.GetProperty("source").GetString() == Path.Combine(Runs, "mixed", Special));
        Assert.That(lost.GetProperty("output").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(lost.GetProperty("lost")[0].GetProperty("reason").GetString(), Does.Contain("Input/output error"));
        Assert.That(files.Count(file => file.GetProperty("keptEvents").GetInt64() == 101), Is.EqualTo(2), "whole runs");
    }

    [Test]
    public void A_directory_and_a_file_of_another_user_are_reported_and_the_rest_is_listed()
    {
        if (!Environment.IsPrivilegedProcess || !Shell.Try("setpriv", "--version"))
            Assert.Ignore("Needs root, to be somebody else, and setpriv.");
        WriteRun("open");
        Shell.Try("chmod", "000", WriteRun("closed"), OnlyFile(WriteRun("secret")));
        Shell.Try("chmod", "755", Root);

        const string AsNobody = "setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"";
        ToolRun list = ToolProcess.RunInShell(AsNobody, "list", Runs);
        Assert.That(list.ExitCode, Is.Zero, list.Error);
        Assert.That(list.Output, Does.Contain("open").And.Contain("1 run,"));
        Assert.That(list.Error, Does.Contain("closed").And.Contain("secret").And.Contain("denied"));
        ToolRun check = ToolProcess.RunInShell(AsNobody, "check", Runs);
        Assert.That(check.ExitCode, Is.EqualTo(1));
        Assert.That(check.Output, Does.Contain("2 errors"));
        ToolRun watch = WatchUntil("open", AsNobody);
        Assert.That(watch.ExitCode, Is.Zero, watch.Error);
        Assert.That(watch.Output, Does.Contain("open"));
        Assert.That(watch.Error, Does.Contain("the file cannot be read").And.Contain("denied"));
    }

    // On a busy machine, a program under strace starts slowly.
    private ToolRun WatchUntil(string shown, string shell)
    {
        ToolRun watch = ToolProcess.RunInShell(shell, "watch", Runs, "--for", "1");
        for (int seconds = 4; seconds <= 64 && !watch.Output.Contains(shown, StringComparison.Ordinal); seconds *= 4)
            watch = ToolProcess.RunInShell(shell, "watch", Runs, "--for", $"{seconds}");
        return watch;
    }

    [Test]
    public void A_disk_that_fails_within_a_file_costs_what_comes_after()
    {
        string file = OnlyFile(WriteRun("a", count: 60_000));
        WriteRun("b");
        string fault = $"strace -f -qq -o /dev/null -P '{file}' -e trace=pread64 -e inject=pread64:error=EIO:when=3+";
        if (!Shell.Try("sh", "-c", $"{fault} true 2>/dev/null"))
            Assert.Ignore("Needs strace and the right to trace.");

        ToolRun repair = ToolProcess.RunInShell($"{fault} \"$@\"", "repair", Runs, "--output", At("out"), "--json");
        Assert.That(repair.ExitCode, Is.Zero, repair.Error);
        ToolRun watch = WatchUntil("b  loss", $"{fault} \"$@\"");
        Assert.That(watch.ExitCode, Is.Zero, watch.Error);
        Assert.That(watch.Output, Does.Contain("b  loss  step 99"));
        Assert.That(watch.Error, Does.Contain("the file cannot be read: Input/output error"));

        JsonElement lost = repair.Json.GetProperty("files")[0].GetProperty("lost")[0];
        Assert.That(lost.GetProperty("reason").GetString(), Does.Contain("Input/output error"));
        long offset = lost.GetProperty("offset").GetInt64();
        Assert.That(offset, Is.InRange(2_000_000, 2 << 20), "what was read before");
        Assert.That(offset + lost.GetProperty("skippedBytes").GetInt64(), Is.EqualTo(new FileInfo(file).Length));
        Assert.That(new FileInfo(OnlyFile(At("out", "a"))).Length, Is.EqualTo(offset));
        Assert.That(RunLog.Open(At("out", "b")).Scalars["loss"].Count, Is.EqualTo(100));
    }

    [Test]
    public void A_path_that_is_too_long_is_reported()
    {
        WriteRun("good");
        HostileFiles.MoveTooDeep(WriteRun("moved"), Path.Combine(Runs, "deep"));
        ToolRun run = Of("list {runs} --runs");
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("good"));
        Assert.That(run.Error, Does.Contain("deep").And.Contain("too long"));
    }

    [Test]
    public void Malformed_metadata_costs_check_one_value_as_it_costs_RunLog()
    {
        string path = WriteRun("a");
        using (var file = new EventFileWriter(Path.Combine(path, "events.out.tfevents.9999999999.x")))
        {
            file.Write(Google.Protobuf.MessageExtensions.ToByteArray(new Protos.Event { WallTime = 1.79e9, FileVersion = "brain.Event:2" }));
            var malformed = new Protos.Summary.Types.Value
            {
                Tag = "described",
                SimpleValue = 2,
                Metadata = new() { PluginData = new() { PluginName = "scalars" } },
            };
            byte[] bytes = Google.Protobuf.MessageExtensions.ToByteArray(new Protos.Event
            {
                WallTime = 1.79e9,
                Step = 7,
                Summary = new() { Value = { malformed, new Protos.Summary.Types.Value { Tag = "loss", SimpleValue = 3 } } },
            });

            // The length of the plugin's name claims that it extends beyond the metadata.
            bytes[bytes.AsSpan().IndexOf("scalars"u8) - 1] = 100;
            file.Write(bytes);
        }

        RunLog run = RunLog.Open(path);
        Assert.That(run.Scalars["loss"].Count, Is.EqualTo(101));
        ToolRun check = Of("check {runs} --json");
        JsonElement[] findings = [.. check.Json.GetProperty("files")[1].GetProperty("findings").EnumerateArray()];
        Assert.That(
            findings.Where(finding => finding.GetProperty("isError").GetBoolean()).Select(finding => finding.GetProperty("message").GetString()),
            Is.EqualTo(run.Errors.Select(error => error.Reason)));
        JsonElement warning = findings.Single(finding => !finding.GetProperty("isError").GetBoolean());
        Assert.That(warning.GetProperty("tag").GetString(), Is.EqualTo("loss"));
        Assert.That(warning.GetProperty("message").GetString(), Is.EqualTo("steps go backward"));
        Assert.That(check.Json.GetProperty("files")[1].GetProperty("events").GetInt64(), Is.EqualTo(run.Files[1].EventCount));
    }

    private ToolRun Of(string line) => ToolRun.Of([.. line.Split(' ').Select(word => word
        .Replace("{runs}", Runs, StringComparison.Ordinal).Replace("{out}", At("out"), StringComparison.Ordinal))]);

    private void WriteHostileRuns()
    {
        using (var writer = new SummaryWriter(WriteRun("good")))
            writer.AddScalar("extra", 1, 1);
        HostileFiles.LinkToFailingFile(Path.Combine(WriteRun("mixed"), Special));
        foreach ((string name, Action<string> make) in (IEnumerable<(string, Action<string>)>)
        [
            ("device", HostileFiles.LinkToDevice), ("link", HostileFiles.LinkToNothing), ("pipe", HostileFiles.MakePipe),
            ("socket", HostileFiles.MakeSocket),
        ])
        {
            Directory.CreateDirectory(Path.Combine(Runs, name));
            make(Path.Combine(Runs, name, Special));
        }

        string invalid = Path.Combine(Runs, "bytes");
        Directory.CreateDirectory(invalid);
        HostileFiles.RenameToInvalid(invalid);
    }
}
