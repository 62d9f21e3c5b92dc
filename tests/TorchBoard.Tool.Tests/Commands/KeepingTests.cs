namespace TorchBoard.Tool.Tests.Commands;

/// <summary>Tests of check, repair, merge, rename, remove and thin.</summary>
internal sealed class KeepingTests : RunsFixture
{
    [Test]
    public void A_sound_file_passes()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("check", Runs);
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Contain("1 file, 101 events: no problems"));
    }

    [Test]
    public void A_flipped_byte_is_found_and_repaired_and_the_original_is_not_touched()
    {
        string file = OnlyFile(WriteRun("a"));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(file, bytes);

        ToolRun check = ToolRun.Of("check", Runs, "--json");
        Assert.That(check.ExitCode, Is.EqualTo(1));
        var finding = check.Json.GetProperty("files")[0].GetProperty("findings")[0];
        Assert.That(finding.GetProperty("isError").GetBoolean(), Is.True);
        Assert.That(finding.GetProperty("offset").GetInt64(), Is.InRange(0, bytes.Length / 2));

        ToolRun repair = ToolRun.Of("repair", Runs, "--output", At("repaired"), "--json");
        Assert.That(repair.ExitCode, Is.Zero, repair.Error);
        var repaired = repair.Json.GetProperty("files")[0];
        Assert.That(repaired.GetProperty("keptEvents").GetInt32(), Is.EqualTo(100));
        Assert.That(repaired.GetProperty("lost").GetArrayLength(), Is.EqualTo(1));
        Assert.That(ToolRun.Of("check", At("repaired")).ExitCode, Is.Zero);
        Assert.That(RunLog.Open(At("repaired", "a")).Scalars["loss"].Count, Is.EqualTo(99));
        Assert.That(File.ReadAllBytes(file), Is.EqualTo(bytes));
    }

    [Test]
    public void A_cut_file_is_a_warning_and_loses_its_last_record_only()
    {
        string file = OnlyFile(WriteRun("a"));
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..^5]);
        Assert.That(ToolRun.Of("check", Runs).ExitCode, Is.Zero);
        Assert.That(ToolRun.Of("check", Runs, "--strict").ExitCode, Is.EqualTo(1));

        ToolRun run = ToolRun.Of("repair", file, "--output", At("repaired"));
        Assert.That(run.Output, Does.Contain("the file ends within a record"));
        byte[] repaired = File.ReadAllBytes(OnlyFile(At("repaired")));
        Assert.That(bytes.AsSpan().StartsWith(repaired), Is.True);
        Assert.That(RunLog.Open(At("repaired")).Scalars["loss"].Count, Is.EqualTo(99));
    }

    [Test]
    public void A_lost_first_event_is_replaced()
    {
        string file = OnlyFile(WriteRun("a"));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[20] ^= 1;
        File.WriteAllBytes(file, bytes);
        ToolRun run = ToolRun.Of("repair", Runs, "--output", At("repaired"));
        Assert.That(run.Output, Does.Contain("first event was lost and replaced"));
        Assert.That(ToolRun.Of("check", At("repaired")).ExitCode, Is.Zero);
    }

    [Test]
    public void A_file_without_valid_records_is_wholly_lost()
    {
        Directory.CreateDirectory(Runs);
        File.WriteAllText(Path.Combine(Runs, "x.tfevents"), new string('?', 1000));
        Assert.That(ToolRun.Of("check", Runs).ExitCode, Is.EqualTo(1));
        ToolRun repair = ToolRun.Of("repair", Runs, "--output", At("repaired"));
        Assert.That(repair.ExitCode, Is.EqualTo(1));
        Assert.That(repair.Output, Does.Contain("1.0 kB of 1.0 kB lost").And.Contain("nothing could be recovered"));
        Assert.That(Directory.Exists(At("repaired")), Is.False);
    }

    [Test]
    public void Steps_that_go_backward_are_a_warning()
    {
        WriteRun("a", value: step => step, count: 3);
        using (var writer = new SummaryWriter(Path.Combine(Runs, "b")))
        {
            writer.AddScalar("loss", 1, 5);
            writer.AddScalar("loss", 1, 4);
        }

        ToolRun run = ToolRun.Of("check", Runs);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("loss: steps go backward").And.Contain("0 errors, 1 warning"));
    }

    [Test]
    public void Rename_changes_tags_and_nothing_else()
    {
        string source = WriteRun("a");
        ToolRun run = ToolRun.Of("rename", Runs, "lo*", "train/lo*", "--output", At("renamed"));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        ScalarSeries before = RunLog.Open(source).Scalars["loss"];
        RunLog after = RunLog.Open(At("renamed", "a"));
        Assert.That(after.Tags.Keys, Is.EqualTo((string[])["train/loss"]));
        ScalarSeries series = after.Scalars["train/loss"];
        Assert.That(series.Steps.SequenceEqual(before.Steps), Is.True);
        Assert.That(series.Values.SequenceEqual(before.Values), Is.True);
        Assert.That(series.WallTimes.SequenceEqual(before.WallTimes), Is.True);
        Assert.That(ToolRun.Of("check", At("renamed"), "--strict").ExitCode, Is.Zero);
    }

    [Test]
    public void Rename_rejects_a_name_that_is_taken_and_a_missing_tag()
    {
        using (var writer = new SummaryWriter(Runs))
        {
            writer.AddScalar("a", 1, 1);
            writer.AddScalar("b", 1, 1);
        }

        Assert.That(
            ToolRun.Of("rename", Runs, "a", "b", "--output", At("out")).Error,
            Does.Contain("two tags of that name"));
        Assert.That(
            ToolRun.Of("rename", Runs, "c", "d", "--output", At("out")).Error, Does.Contain("'c' was not found"));
        Assert.That(ToolRun.Of("rename", Runs, "a*", "b", "--output", At("out")).Error, Does.Contain("*"));
        Assert.That(Directory.Exists(At("out")), Is.False);
    }

    [Test]
    public void Remove_leaves_the_other_tags()
    {
        using (var writer = new SummaryWriter(Runs))
        {
            writer.AddScalar("debug/a", 1, 1);
            writer.AddScalar("debug/b", 1, 1);
            writer.AddScalar("loss", 1, 1);
        }

        Assert.That(ToolRun.Of("remove", Runs, "debug/*", "--output", At("out")).ExitCode, Is.Zero);
        Assert.That(RunLog.Open(At("out")).Tags.Keys, Is.EqualTo((string[])["loss"]));
        Assert.That(
            ToolRun.Of("remove", Runs, "debug/*", "--output", At("out")).Error, Does.Contain("already exists"));
        Assert.That(
            ToolRun.Of("remove", Runs, "debug/*", "--output", Path.Combine(Runs, "out")).Error,
            Does.Contain("is within"));
    }

    [TestCase("--every", "30", new long[] { 0, 30, 60, 90, 99 })]
    [TestCase("--points", "4", new long[] { 0, 33, 66, 99 })]
    [TestCase("--points", "1", new long[] { 99 })]
    public void Thin_keeps_the_selected_points_and_the_metadata(string option, string number, long[] steps)
    {
        using (var writer = new SummaryWriter(Runs))
        {
            for (int step = 0; step < 100; step++)
                writer.AddHistogram("weights", [1f, 2, step], step);
        }

        ToolRun run = ToolRun.Of("thin", Runs, option, number, "--output", At("out"));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(RunLog.Open(At("out")).Histograms["weights"].Steps.ToArray(), Is.EqualTo(steps));
        Assert.That(ToolRun.Of("check", At("out"), "--strict").ExitCode, Is.Zero);
    }

    [Test]
    public void Thin_requires_one_number_of_at_least_1()
    {
        WriteRun("a");
        Assert.That(ToolRun.Of("thin", Runs, "--output", At("out")).ExitCode, Is.EqualTo(2));
        Assert.That(ToolRun.Of("thin", Runs, "--every", "0", "--output", At("out")).ExitCode, Is.EqualTo(2));
        Assert.That(
            ToolRun.Of("thin", Runs, "--every", "2", "--points", "2", "--output", At("out")).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Merge_joins_the_parts_of_a_run_in_the_order_of_their_writing()
    {
        foreach ((string part, int from) in ((string, int)[])[("z", 0), ("y", 10)])
        {
            using var writer = new SummaryWriter(At(part, "run"));
            for (int step = from; step < from + 10; step++)
                writer.AddScalar("loss", step, step);
        }

        ToolRun run = ToolRun.Of("merge", At("y"), At("z"), "--output", At("merged"));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        RunLog merged = RunLog.Open(At("merged", "run"));
        Assert.That(merged.Files, Has.Count.EqualTo(1));
        Assert.That(
            merged.Scalars["loss"].Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, 20).Select(step => (long)step)));
        Assert.That(ToolRun.Of("check", At("merged"), "--strict").ExitCode, Is.Zero);
    }
}
