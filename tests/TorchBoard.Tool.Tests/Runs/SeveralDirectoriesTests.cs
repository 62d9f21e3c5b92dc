using System.Text.Json;

namespace TorchBoard.Tool.Tests.Runs;

/// <summary>Commands that read several directories, and directories that match a pattern.</summary>
internal sealed class SeveralDirectoriesTests : RunsFixture
{
    private static readonly string[] Commands =
        ["list {0}", "show {0} loss", "export {0}", "watch {0} --once", "assert {0} loss:no-nan", "check {0}", "runs {0}"];

    [Test]
    public void Every_command_reads_several_directories_and_those_that_match_a_pattern([ValueSource(nameof(Commands))] string line)
    {
        WriteRun("lr-1");
        WriteRun("lr-2");
        WriteRun("other");
        foreach (string directories in (string[])[$"{Runs}/lr-1 {Runs}/lr-2", $"{Runs}/lr-*", $"{Root}/**/lr-?", $"{Runs}/lr-2 {Runs}/*-1"])
        {
            ToolRun run = Of(line, directories);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Output, Does.Contain("lr-1").And.Contain("lr-2").And.Not.Contain("other"), directories);
        }
    }

    [TestCase("{0}/x/a {0}/y/a", "x/a y/a", TestName = "Names_begin_where_the_directories_differ")]
    [TestCase("{0}/y/a {0}/x", "y/a x/a x/b", TestName = "Directories_stay_in_the_order_given")]
    [TestCase("{0}/x {0}/x/", "a b", TestName = "The_same_directory_twice_is_read_once")]
    [TestCase("{0}/x/a {0}/x", "a b", TestName = "A_directory_in_another_one_is_read_once")]
    [TestCase("{0}/x/a {0}/x/../x/a", ".", TestName = "Paths_are_compared_as_what_they_lead_to")]
    [TestCase("{0}/* {0}/x", "x/a x/b y/a y/v9 y/v10", TestName = "A_pattern_may_include_a_directory")]
    [TestCase("{0}/x/*", "a b", TestName = "Names_are_relative_to_the_directory_before_the_pattern")]
    [TestCase("{0}/*/b", "x/b", TestName = "The_names_of_a_pattern_do_not_depend_on_the_number_of_matches")]
    [TestCase("{0}/**/a", "x/a y/a", TestName = "Directories_that_begin_with_a_dot_match_no_wildcard")]
    [TestCase("{0}/**", ".hidden/a x/a x/b y/a y/v9 y/v10", TestName = "Two_asterisks_match_directories_of_any_depth")]
    [TestCase("{0}/y/v*", "v9 v10", TestName = "Matches_are_in_the_order_of_their_numbers")]
    public void Names(string directories, string names)
    {
        foreach (string run in (string[])["x/a", "x/b", "y/a", "y/v9", "y/v10", ".hidden/a"])
            WriteRun(run);
        string[] expected = names.Split(' ');
        Assert.That(NamesOf(directories), Is.EqualTo(expected));
    }

    [Test]
    public void Names_that_differ_only_in_case_are_different_runs()
    {
        WriteRun("A/loss");
        if (Directory.Exists(Path.Combine(Runs, "a")))
            Assert.Ignore("This file system does not distinguish case.");
        WriteRun("a/loss");
        WriteRun("a/Loss");
        Assert.That(NamesOf("{0}/*"), Is.EquivalentTo((string[])["A/loss", "a/Loss", "a/loss"]));
        Assert.That(NamesOf("{0}/a {0}/A"), Is.EqualTo((string[])["a/Loss", "a/loss", "A/loss"]));
        Assert.That(NamesOf("{0}/a*"), Is.EqualTo((string[])["a/Loss", "a/loss"]).Or.EqualTo((string[])["a/loss", "a/Loss"]));
    }

    [Test]
    public void A_run_that_links_lead_to_is_read_once()
    {
        string run = WriteRun("a");
        Directory.CreateSymbolicLink(At("link"), run);
        Assert.That(NamesOf("{0}/a {1}/link"), Is.EqualTo((string[])["runs/a"]));
    }

    [Test]
    public void A_directory_whose_name_has_an_asterisk_is_itself()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows has no such names.");
        WriteRun("lr*");
        WriteRun("lr1");
        Assert.That(NamesOf("{0}/lr*"), Is.EqualTo((string[])["."]));
    }

    [Test]
    public void Files_of_one_directory_have_different_names()
    {
        string path = WriteRun("a");
        WriteRun("a");
        string[] files = [.. Directory.GetFiles(path).Order(StringComparer.Ordinal)];
        Assert.That(NamesOf(string.Join(' ', files)), Is.EqualTo((string[])[".", Path.GetFileName(files[1])]));
        Assert.That(NamesOf($"{files[0]} {path}"), Is.EqualTo((string[])["."]));
    }

    [Test]
    public void What_does_not_exist_is_an_error_and_what_has_no_runs_is_a_warning()
    {
        WriteRun("a");
        Directory.CreateDirectory(Path.Combine(Runs, "empty"));
        ToolRun missing = Of("list {0}", $"{Runs}/a {Runs}/b");
        Assert.That((missing.ExitCode, missing.Error), Is.EqualTo((2, $"torchboard: The file or directory '{Runs}/b' does not exist.\n")));
        ToolRun unmatched = Of("list {0}", $"{Runs}/a {Runs}/b*");
        Assert.That((unmatched.ExitCode, unmatched.Error), Is.EqualTo((2, $"torchboard: No directory matches '{Runs}/b*'.\n")));
        ToolRun nothing = Of("list {0}", $"{Runs}/e*");
        Assert.That((nothing.ExitCode, nothing.Error), Is.EqualTo((2, $"torchboard: There is no event file in '{Runs}/e*' or below.\n")));

        ToolRun empty = Of("list {0}", $"{Runs}/a {Runs}/empty");
        Assert.That(empty.ExitCode, Is.Zero);
        Assert.That(empty.Error, Does.Contain($"'{Runs}/empty' cannot be read: there is no event file in it or below"));
        Assert.That(Of("list {0}", $"{Runs}/*").Error, Is.Empty, "a pattern may match other directories");
        Assert.That(Of("check {0}", $"{Runs}/a {Runs}/empty").ExitCode, Is.EqualTo(1));
        Assert.That(Of("assert {0} loss:no-nan", $"{Runs}/a {Runs}/empty").ExitCode, Is.EqualTo(1), "not green without data");
    }

    [Test]
    public void The_last_argument_of_show_is_a_tag_unless_only_a_path_has_this_name()
    {
        WriteRun("a", tag: "loss");
        WriteRun("b", tag: "loss");
        Assert.That(Of("show {0} --points 0", $"{Runs}/a {Runs}/b").Output, Does.Contain("a 0.01").And.Contain("b 0.01"));
        ToolRun tag = Of("show {0} lss", $"{Runs}/a {Runs}/b");
        Assert.That(tag.Error, Does.Contain("'lss' was not found").And.Contain("'loss'"));

        string path = WriteRun("c", tag: Path.Combine(Runs, "a"));
        ToolRun both = ToolRun.Of("show", path, Path.Combine(Runs, "a"), "--json");
        Assert.That(both.Json.GetProperty("tags")[0].GetProperty("run").GetString(), Is.EqualTo("."));
    }

    [Test]
    public void Assert_takes_directories_before_the_first_expectation()
    {
        WriteRun("a");
        WriteRun("b", value: _ => double.NaN);
        ToolRun run = ToolRun.Of("assert", Path.Combine(Runs, "a"), Path.Combine(Runs, "b"), "loss: no-nan", "loss: ends < 9", "--json");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.Json.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("run").GetString()),
            Is.EqualTo((string[])["a", "b", "a", "b"]));
        ToolRun neither = ToolRun.Of("assert", Runs, "nowhere", "loss: no-nan");
        Assert.That(neither.ExitCode, Is.EqualTo(2));
        Assert.That(neither.Error, Does.Contain("'nowhere' is neither a directory nor an expectation"));
    }

    [Test]
    public void Compare_takes_a_pattern_for_each_side()
    {
        foreach (string run in (string[])["old/lr-1", "old/lr-2", "new/lr-1", "new/lr-2", "new/other"])
            WriteRun(run, value: _ => run.Length);
        ToolRun pairs = ToolRun.Of("compare", $"{Runs}/old/lr-*", $"{Runs}/new/lr-*", "--tolerance", "0", "--json");
        Assert.That(pairs.ExitCode, Is.Zero, pairs.Error);
        Assert.That(
            pairs.Json.GetProperty("curves").EnumerateArray().Select(curve => curve.GetProperty("run").GetString()),
            Is.EqualTo((string[])["lr-1", "lr-2"]));
        ToolRun same = ToolRun.Of("compare", $"{Runs}/old/*", $"{Runs}/old", "--tolerance", "0");
        Assert.That(same.ExitCode, Is.EqualTo(2));
        Assert.That(same.Error, Does.Contain("two different directories"));
        ToolRun baseline = ToolRun.Of("assert", $"{Runs}/new/lr-*", "--baseline", $"{Runs}/old/lr-*", "--tolerance", "1%");
        Assert.That(baseline.ExitCode, Is.Zero, baseline.Output);
    }

    [Test]
    public async Task Watch_follows_directories_that_match_only_later()
    {
        using ToolProcess tool = ToolProcess.Start("watch", Path.Combine(Runs, "lr-*"), At("extra"), "--json");
        WriteRun("lr-1", count: 1);
        Assert.That(await RunOf(tool), Is.EqualTo("runs/lr-1"));
        WriteRun("../extra", count: 1);
        Assert.That(await RunOf(tool), Is.EqualTo("extra"));
        WriteRun("other", count: 1);
        WriteRun("lr-2", count: 1);
        Assert.That(await RunOf(tool), Is.EqualTo("runs/lr-2"));
    }

    [Test]
    public void An_unknown_option_is_not_a_directory()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("list", Runs, "--rnus");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("'--rnus'").And.Contain("torchboard list --help"));
    }

    private static async Task<string?> RunOf(ToolProcess tool) =>
        JsonDocument.Parse((await tool.ReadLineAsync())!).RootElement.GetProperty("run").GetString();

    private string[] NamesOf(string directories) => [.. Of("list {0} --json", directories).Json
        .GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()!)];

    private ToolRun Of(string line, string directories) => ToolRun.Of([.. line.Split(' ').SelectMany(word => word == "{0}"
        ? directories.Split(' ').Select(path => path.Replace("{0}", Runs, StringComparison.Ordinal).Replace("{1}", Root, StringComparison.Ordinal))
        : [word])]);
}
