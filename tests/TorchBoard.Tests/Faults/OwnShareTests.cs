namespace TorchBoard.Tests.Faults;

/// <summary>A run, series or embedding that cannot be written costs only itself.</summary>
internal sealed class OwnShareTests
{
    private const int Many = 30_000;

    private static readonly SummaryWriterOptions SmallMemory = new() { UnwrittenBytesLimit = 1 << 20 };

    [Test]
    public void Sub_runs_that_cannot_be_written_cost_the_others_no_event([Values(1, 20)] int broken)
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, SmallMemory);
        HashSet<string> failed = ToldBy(writer);
        string[] names = [.. Enumerable.Range(0, broken).Select(i => $"broken{i}")];
        SummaryWriter[] runs = [.. names.Select(name => OpenBroken(writer, directory, name))];
        for (int step = 0; step < Many; step++)
        {
            writer.AddScalar("loss", step, step);
            runs[step % broken].AddScalar("loss", step, step);
            runs[step % broken].AddScalar("other", step, step);
        }

        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(writer.DroppedEvents, Is.Zero);
            Assert.That(
                WrittenEvents.Scalars(directory, "loss"), Is.EqualTo(Enumerable.Range(0, Many).Select(i => ((long)i, (float)i))));
            Assert.That(runs.Sum(run => run.DroppedEvents), Is.Positive, "more than a share was added");
            Assert.That(failed, Is.EquivalentTo(names.Select(name => Path.Combine(directory, name))));
        }

        // What was kept is written, in order.
        foreach (string name in names)
            File.Delete(Path.Combine(directory, name));
        writer.Flush();
        long[][] kept = [.. names.Select(name => StepsOf(Path.Combine(directory, name), "loss"))];
        Assert.That(kept, Is.All.Ordered.And.All.Not.Empty);
        Assert.That(
            kept.Sum(steps => steps.Length) + names.Sum(name => StepsOf(Path.Combine(directory, name), "other").Length),
            Is.EqualTo((2 * Many) - runs.Sum(run => run.DroppedEvents)));
    }

    [Test]
    public void A_series_that_cannot_be_written_costs_the_others_no_event()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, SmallMemory);
        HashSet<string> failed = ToldBy(writer);
        File.WriteAllText(Path.Combine(directory, "loss_b"), "a file in the place of the run's directory");
        for (int step = 0; step < Many; step++)
            writer.AddScalars("loss", [("a", step), ("b", step)], step);

        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
        Assert.That(WrittenEvents.Scalars(Path.Combine(directory, "loss_a"), "loss").Count(), Is.EqualTo(Many));
        Assert.That(failed, Is.EqualTo([Path.Combine(directory, "loss_b")]));
        File.Delete(Path.Combine(directory, "loss_b"));
    }

    [Test]
    public void An_embedding_that_cannot_be_written_holds_up_neither_events_nor_other_embeddings()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        HashSet<string> failed = ToldBy(writer);
        string obstacle = Path.Combine(directory, "00007");
        File.WriteAllText(obstacle, "a file in the place of the embedding's directory");
        writer.AddEmbedding("points", [1f, 2f, 3f, 4f], step: 7, dimensions: 2);
        writer.AddEmbedding("points", [5f, 6f, 7f, 8f], step: 8, dimensions: 2);
        writer.AddScalar("loss", 1, 0);

        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(WrittenEvents.Scalars(directory, "loss"), Is.EqualTo(new[] { (0L, 1f) }));
            Assert.That(File.ReadAllText(Path.Combine(directory, "00008/points/tensors.tsv")), Is.EqualTo("5\t6\n7\t8\n"));
            Assert.That(failed, Is.EqualTo([Path.Combine(directory, "00007/points/tensors.tsv")]));
        }

        // The same embedding again replaces the one that is still retried.
        File.Delete(obstacle);
        writer.AddEmbedding("points", [0f, 0f, 1f, 1f], step: 7, dimensions: 2);
        writer.Flush();
        Assert.That(File.ReadAllText(Path.Combine(directory, "00007/points/tensors.tsv")), Is.EqualTo("0\t0\n1\t1\n"));
        Assert.That(writer.DroppedEvents, Is.Zero);
    }

    [Test]
    public void An_embedding_whose_list_is_locked_by_another_program_holds_up_no_event()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        HashSet<string> failed = ToldBy(writer);
        string config = Path.Combine(directory, "projector_config.pbtxt");
        using (new FileStream(
            Path.Combine(directory, ".projector_config.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            writer.AddEmbedding("points", [1f, 2f, 3f, 4f], step: 0, dimensions: 2);
            writer.AddScalar("loss", 1, 0);
            Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
            Assert.That(WrittenEvents.Scalars(directory, "loss"), Is.EqualTo(new[] { (0L, 1f) }));
            Assert.That(failed, Is.EqualTo([config]));
        }

        writer.Flush();
        Assert.That(File.Exists(config));
    }

    private static long[] StepsOf(string run, string tag) => [.. WrittenEvents.Scalars(run, tag).Select(point => point.Step)];

    private static SummaryWriter OpenBroken(SummaryWriter writer, string directory, string name)
    {
        File.WriteAllText(Path.Combine(directory, name), "a file in the place of the run's directory");
        return writer.OpenSubRun(name);
    }

    private static HashSet<string> ToldBy(SummaryWriter writer)
    {
        var failed = new HashSet<string>();
        writer.WriteFailed += (_, e) => failed.Add(e.Path);
        writer.WriteRecovered += (_, _) => { };
        return failed;
    }
}
