using System.Text.Json;

namespace TorchBoard.Tool.Tests.Comparing;

/// <summary>A gate is not green where one side has no data.</summary>
internal sealed class MissingDataTests : RunsFixture
{
    [Test]
    public void A_run_that_stopped_early_is_not_within_any_tolerance()
    {
        WriteRun("a", value: _ => 1);
        WriteRun("../new/a", value: _ => 1, count: 11);
        ToolRun run = Compare("--tolerance", "1%");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.Output,
            Does.Contain("'loss' has 89 steps from 11 to 99 only in A.")
                .And.Contain("1 (step 99)").And.Contain("1 (step 10)")
                .And.Contain("B is within 1% of A at common steps.").And.Contain("--allow-missing"));

        ToolRun assert = AssertCommand("--tolerance", "1%");
        Assert.That(assert.ExitCode, Is.EqualTo(1));
        Assert.That(assert.Output, Does.Contain("the curve ends at step 10, the baseline at 99"));
    }

    [Test]
    public void A_baseline_that_stopped_early_is_not_enough()
    {
        WriteRun("a", value: _ => 1, count: 11);
        WriteRun("../new/a", value: _ => 1);
        Assert.That(Compare("--tolerance", "1%").ExitCode, Is.EqualTo(1));
        Assert.That(AssertCommand("--tolerance", "1%").Output, Does.Contain("the curve ends at step 99, the baseline at 10"));
    }

    [Test]
    public void A_tag_that_one_side_lacks_is_named()
    {
        WriteRun("a");
        WriteRun("a", tag: "accuracy");
        WriteRun("../new/a");
        WriteRun("../new/a", tag: "speed");
        ToolRun run = Compare("--tolerance", "1%");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("'accuracy' is only in A.").And.Contain("'speed' is only in B."));

        ToolRun assert = AssertCommand("--tolerance", "1%");
        Assert.That(assert.ExitCode, Is.EqualTo(1));
        Assert.That(
            assert.Output,
            Does.Contain("no points, where the baseline has 100").And.Contain("the baseline has no points"));
    }

    [Test]
    public void A_run_that_one_side_lacks_is_named()
    {
        WriteRun("a");
        WriteRun("B");
        WriteRun("../new/a");
        WriteRun("../new/b");
        WriteRun("../new/c");
        ToolRun run = Compare("--tolerance", "1%");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.Output,
            Does.Contain("The run 'B' is only in A; the other side has 'b', which differs in case.")
                .And.Contain("The run 'c' is only in B."));

        ToolRun assert = AssertCommand("--tolerance", "1%");
        Assert.That(assert.ExitCode, Is.EqualTo(1));
        Assert.That(assert.Output, Does.Contain("no points, where the baseline has 100"));
    }

    [TestCase("steps", 0, 0)]
    [TestCase("tags", 1, 1)]
    [TestCase("all", 0, 0)]
    [TestCase("runs,steps", 0, 0)]
    [TestCase(null, 0, 0)]
    public void Missing_steps_can_be_allowed(string? kinds, int ofCompare, int ofAssert)
    {
        WriteRun("a", value: _ => 1);
        WriteRun("../new/a", value: _ => 1, count: 11);
        string[] options = ["--tolerance", "1%", "--allow-missing", .. kinds is null ? [] : (string[])[kinds]];
        Assert.That((Compare(options).ExitCode, AssertCommand(options).ExitCode), Is.EqualTo((ofCompare, ofAssert)));
    }

    [TestCase("tags", false)]
    [TestCase("runs", false)]
    [TestCase("runs,tags", true)]
    public void Missing_runs_and_tags_can_be_allowed(string kinds, bool isFine)
    {
        WriteRun("a");
        WriteRun("a", tag: "accuracy");
        WriteRun("b");
        WriteRun("../new/a");
        int code = isFine ? 0 : 1;
        string[] options = ["--tolerance", "1%", "--allow-missing", kinds];
        Assert.That((Compare(options).ExitCode, AssertCommand(options).ExitCode), Is.EqualTo((code, code)));
    }

    [Test]
    public void Another_kind_to_allow_is_wrong_usage()
    {
        WriteRun("a");
        WriteRun("../new/a");
        ToolRun run = Compare("--tolerance", "1%", "--allow-missing", "step");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("--allow-missing must be runs, tags, steps or all; was 'step'."));
    }

    [Test]
    public void A_seed_that_died_is_named_where_the_number_of_runs_changes()
    {
        WriteRun("s1", value: _ => 1);
        WriteRun("s2", value: _ => 3, count: 50);
        WriteRun("../new/t1", value: _ => 1);
        WriteRun("../new/t2", value: _ => 3);
        ToolRun run = Compare("--seeds", "--tolerance", "1000%");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("The run 's2' of A lacks 50 steps from 50 to 99 of 'loss'.").And.Contain("1–2"));
    }

    [Test]
    public void Json_has_what_is_missing_and_the_ends_of_both_sides()
    {
        WriteRun("a", value: step => step);
        WriteRun("../new/a", value: step => step, count: 11);
        JsonElement json = Compare("--json").Json;
        JsonElement missing = json.GetProperty("missing")[0];
        JsonElement curve = json.GetProperty("curves")[0];
        Assert.That(missing.GetProperty("kind").GetString(), Is.EqualTo("steps"));
        Assert.That(missing.GetProperty("tag").GetString(), Is.EqualTo("loss"));
        Assert.That(missing.GetProperty("text").GetString(), Does.Contain("11 to 99 only in A"));
        Assert.That(curve.GetProperty("lastStepOfA").GetInt64(), Is.EqualTo(99));
        Assert.That(curve.GetProperty("endOfB").GetProperty("mean").GetDouble(), Is.EqualTo(10));
        Assert.That(Compare().ExitCode, Is.Zero, "without a tolerance");
    }

    [Test]
    public void A_directory_is_not_compared_with_itself()
    {
        WriteRun("a");
        Directory.CreateSymbolicLink(At("new"), Runs);
        foreach (ToolRun run in (ToolRun[])[Compare("--tolerance", "1%"), AssertCommand("--tolerance", "1%")])
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("needs two different directories"));
        }
    }

    [Test]
    public void An_empty_baseline_is_nothing_to_compare_with()
    {
        WriteRun("../new/a");
        Directory.CreateDirectory(Runs);
        Assert.That((Compare("--tolerance", "1%").ExitCode, AssertCommand("--tolerance", "1%").ExitCode), Is.EqualTo((2, 2)));
    }

    // The runs are the good ones; those in "new" are compared with them.
    private ToolRun Compare(params string[] options) => ToolRun.Of(["compare", Runs, At("new"), .. options]);

    private ToolRun AssertCommand(params string[] options) => ToolRun.Of(["assert", At("new"), "--baseline", Runs, .. options]);
}
