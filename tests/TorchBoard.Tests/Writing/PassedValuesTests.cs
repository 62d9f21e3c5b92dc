using TorchBoard.Hyperparameters;

namespace TorchBoard.Tests.Writing;

/// <summary>The forms in which programs hold scalars, metrics and hyperparameters.</summary>
internal sealed class PassedValuesTests
{
    [Test]
    public void AddScalars_takes_any_number_as_tuples_or_as_a_dictionary()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddScalars("double", [("train", 0.5), ("test", 1)], 1);
            writer.AddScalars("float", [("train", 0.5f), ("test", 2)], 1);
            writer.AddScalars("int", [("train", 3)], 1);
            writer.AddScalars("half", [("train", (Half)0.25)], 1);
            writer.AddScalars("decimal", new Dictionary<string, decimal> { ["train"] = 1.5m }, 1);
            (string, long)[] longs = [("train", 1L << 24)];
            writer.AddScalars("long", longs, 1);
        }

        Assert.That(
            new[] { "double", "float", "int", "half", "decimal", "long" }.Select(
                tag => WrittenEvents.Scalars(Path.Combine(directory, tag + "_train"), tag).Single().Value),
            Is.EqualTo(new[] { 0.5f, 0.5f, 3, 0.25f, 1.5f, 1 << 24 }));
        Assert.That(WrittenEvents.Scalars(Path.Combine(directory, "double_test"), "double"), Is.EqualTo(new[] { (1L, 1f) }));
        Assert.That(WrittenEvents.Scalars(Path.Combine(directory, "float_test"), "float"), Is.EqualTo(new[] { (1L, 2f) }));
    }

    [Test]
    public void A_series_that_is_named_twice_is_refused_before_any_is_written()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            Refusal.Of("values", () => writer.AddScalars("loss", [("a", 1.0), ("b", 2), ("a", 3)], 0),
                "The series 'a' is named twice.");
        }

        Assert.That(Directory.GetDirectories(directory), Is.Empty);
    }

    [Test]
    public void Metrics_of_one_step_are_scalars_of_their_own_tags_with_one_wall_time()
    {
        using var directory = new TestDirectory();
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(1000);
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddMetrics([("loss", 0.5), ("accuracy", 1)], 7, time);
            writer.AddMetrics(new Dictionary<string, float> { ["loss"] = 0.25f, ["accuracy"] = 0.75f }, 8);
            writer.AddMetrics(Enumerable.Range(0, 100).Select(i => KeyValuePair.Create($"class/{i}", i)), 9);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(WrittenEvents.Scalars(directory, "loss"), Is.EqualTo(new[] { (7L, 0.5f), (8L, 0.25f) }));
            Assert.That(WrittenEvents.Scalars(directory, "accuracy"), Is.EqualTo(new[] { (7L, 1f), (8L, 0.75f) }));
            Assert.That(WrittenEvents.Scalars(directory, "class/99"), Is.EqualTo(new[] { (9L, 99f) }));
            Assert.That(
                WrittenEvents.InRun(directory).Where(e => e.Step == 7).Select(e => e.WallTime),
                Is.EqualTo(new[] { 1000d, 1000 }));
            Assert.That(
                WrittenEvents.InRun(directory).Where(e => e.Step == 9).Select(e => e.WallTime).Distinct().Count(),
                Is.EqualTo(1));
        }
    }

    [Test]
    public void AddMetrics_writes_the_same_records_as_AddScalar()
    {
        using var one = new TestDirectory();
        using var each = new TestDirectory();
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(1000);
        using (var writer = new SummaryWriter(one))
            writer.AddMetrics([("a", 0.1), ("b/c", double.NaN), ("ä", double.NegativeInfinity)], 3, time);
        using (var writer = new SummaryWriter(each))
        {
            writer.AddScalar("a", 0.1, 3, time);
            writer.AddScalar("b/c", double.NaN, 3, time);
            writer.AddScalar("ä", double.NegativeInfinity, 3, time);
        }

        Assert.That(Records(one), Is.EqualTo(Records(each)));

        static IEnumerable<byte[]> Records(TestDirectory directory) =>
            WrittenEvents.Records(File.ReadAllBytes(directory.EventFiles().Single())).Skip(1);
    }

    [Test]
    public void Metrics_are_all_checked_before_any_is_written()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            (string, int)[] many = [.. Enumerable.Range(0, 30).Select(i => ($"m{i}", i)), ("m5", 0)];
            Refusal.Of("values", () => writer.AddMetrics([("a", 1), ("b", 2), ("a", 3)], 0), "The metric 'a' is named twice.");
            Refusal.Of("values", () => writer.AddMetrics(many, 0), "The metric 'm5' is named twice.");
            Refusal.Of("values", () => writer.AddMetrics([("a", 1), ("", 2)], 0));
            Refusal.Of("values", () => writer.AddMetrics([("a", 1), ("\ud800", 2)], 0), "lone surrogate");
            Refusal.Of("values", () => writer.AddMetrics(new Dictionary<string, float>(), 0), "none");
            Refusal.Of("values", () => writer.AddMetrics((IEnumerable<KeyValuePair<string, float>>)null!, 0));
        }

        Assert.That(WrittenEvents.InRun(directory).Where(e => e.Summary is not null), Is.Empty);
        var disposed = new SummaryWriter(directory);
        disposed.Dispose();
        Assert.That(() => disposed.AddMetrics([("a", 1)], 0), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Hyperparameters_are_passed_as_tuples()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            Refusal.Of(
                "values", () => writer.AddHyperparameters([("lr", 0.1), ("optimizer", "Adam"), ("lr", 0.2)]),
                "The hyperparameter 'lr' is named twice.");
            Refusal.Of("values", () => writer.AddHyperparameters([]), "none");
            writer.AddHyperparameters([("lr", 0.1), ("optimizer", "Adam"), ("layers", 3), ("bias", true)]);
        }

        Assert.That(
            RunLog.Open(directory).Hyperparameters?.Values,
            Is.EquivalentTo(new Dictionary<string, Hyperparameter>
            {
                ["lr"] = 0.1,
                ["optimizer"] = "Adam",
                ["layers"] = 3,
                ["bias"] = true,
            }));
    }
}
