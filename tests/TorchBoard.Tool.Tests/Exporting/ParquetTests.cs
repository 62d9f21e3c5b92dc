using System.Text;
using TorchBoard.Imaging;

namespace TorchBoard.Tool.Tests.Exporting;

/// <summary>Exported data sets, as DuckDB reads them: what RunLog reads, and what a person would ask first.</summary>
internal sealed class ParquetTests : RunsFixture
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private string Out => At("out");

    [Test]
    public void The_last_value_of_each_run_is_that_of_RunLog()
    {
        WriteSeeds();
        using DuckDb duck = Export();
        Dictionary<string, double> last = duck.Query(
            "SELECT run, arg_max(value, step) FROM {scalars} WHERE tag = 'loss' GROUP BY run")
            .ToDictionary(row => (string)row[0]!, row => (double)row[1]!);
        Assert.That(last, Is.EquivalentTo(
            LogDirectory.Open(Runs).Runs.ToDictionary(run => run.Key, run => run.Value.Open().Scalars["loss"].Values[^1])));
    }

    [Test]
    public void The_best_run_has_its_hyperparameters_beside_it()
    {
        WriteSeeds();
        using DuckDb duck = Export();
        object?[] best = duck.Query(
            """
            SELECT s.run, max(s.value) AS best, any_value(h.number) AS lr
            FROM {scalars} s JOIN {hyperparameters} h ON h.run = s.run AND h.name = 'lr'
            WHERE s.tag = 'accuracy' GROUP BY s.run ORDER BY best DESC LIMIT 1
            """).Single();
        RunLog expected = LogDirectory.Open(Runs).Runs.Values.Select(run => run.Open())
            .MaxBy(run => run.Scalars["accuracy"].Max(point => point.Value))!;
        Assert.That(best, Is.EqualTo(new object[]
        {
            expected.Name, expected.Scalars["accuracy"].Max(point => point.Value), expected.Hyperparameters!.Values["lr"].Number!,
        }));
    }

    [Test]
    public void Mean_and_deviation_over_seeds_are_those_of_the_values_per_step()
    {
        WriteSeeds();
        using DuckDb duck = Export();
        List<object?[]> rows = duck.Query(
            "SELECT step, avg(value), stddev(value), count(*) FROM {scalars} WHERE tag = 'loss' GROUP BY step ORDER BY step");
        ScalarSeries[] seeds = [.. LogDirectory.Open(Runs).Runs.Values.Select(run => run.Open().Scalars["loss"])];
        Assert.That(rows, Has.Count.EqualTo(seeds[0].Count));
        for (int step = 0; step < rows.Count; step++)
        {
            double mean = seeds.Average(seed => seed.Values[step]);
            double deviation = Math.Sqrt(seeds.Sum(seed => Math.Pow(seed.Values[step] - mean, 2)) / (seeds.Length - 1));
            Assert.That(rows[step][0], Is.EqualTo(seeds[0].Steps[step]));
            Assert.That((double)rows[step][1]!, Is.EqualTo(mean).Within(1e-12));
            Assert.That((double)rows[step][2]!, Is.EqualTo(deviation).Within(1e-12));
            Assert.That(rows[step][3], Is.EqualTo(seeds.Length));
        }
    }

    [Test]
    public void Every_point_is_that_of_RunLog_whatever_its_value_and_its_time()
    {
        using (var writer = new SummaryWriter(Path.Combine(Runs, "a")))
        {
            double[] values = [1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, 0.1f, 0.1, 3e30f];
            for (int i = 0; i < values.Length; i++)
            {
                writer.AddScalar("x", values[i], (i * 1_000_000_007L) - 1, Time.AddTicks(i * 1237));
                writer.AddScalar("y", values[^(i + 1)], -i, Time.AddYears(i - 100));
            }

            writer.AddScalar("x", 3f, long.MaxValue, DateTimeOffset.MaxValue);
            writer.AddScalar("x", 4f, long.MinValue, DateTimeOffset.MinValue);
        }

        using (var resumed = new SummaryWriter(Path.Combine(Runs, "a"), new() { PurgeStep = 5 }))
            resumed.AddScalar("x", 7f, 6, Time);

        using DuckDb duck = Export();
        RunLog run = RunLog.Open(Path.Combine(Runs, "a"));
        foreach (string tag in (string[])["x", "y"])
        {
            List<object?[]> rows = duck.Query($"SELECT step, value, epoch_us(wall_time) FROM {{scalars}} WHERE tag = '{tag}'");
            ScalarSeries curve = run.Scalars[tag];
            Assert.That(rows.Select(row => row[0]), Is.EqualTo(curve.Steps.ToArray()));
            Assert.That(
                rows.Select(row => BitConverter.DoubleToInt64Bits((double)row[1]!)),
                Is.EqualTo(curve.Values.ToArray().Select(BitConverter.DoubleToInt64Bits)));
            Assert.That(
                rows.Select(row => (long?)row[2]), Is.EqualTo(curve.WallTimes.ToArray().Select(time => (long?)Math.Round(time * 1e6))));
        }

        // Statistics must not hide points from a condition.
        Assert.That(duck.Query("SELECT count(*) FROM {scalars} WHERE tag = 'x' AND isnan(value)").Single()[0], Is.EqualTo(
            run.Scalars["x"].Count(point => double.IsNaN(point.Value))));
        Assert.That(duck.Query("SELECT count(*) FROM {scalars} WHERE tag = 'y' AND value < 1").Single()[0], Is.EqualTo(
            run.Scalars["y"].Count(point => point.Value < 1)));
        Assert.That(duck.Query("SELECT count(*) FROM {scalars} WHERE tag = 'y' AND value > 1e38").Single()[0], Is.EqualTo(2), "infinity and NaN, which sorts last");
    }

    [Test]
    public void Points_of_many_row_groups_keep_their_order()
    {
        const int count = 300_000;
        using (var writer = new SummaryWriter(Path.Combine(Runs, "a")))
        {
            for (int step = 0; step < count; step++)
            {
                writer.AddScalar("b", step % 977, step);
                writer.AddScalar("a", step % 13, step);
            }
        }

        using DuckDb duck = Export();
        Assert.That(duck.Query("SELECT count(*), sum(value), max(step) FROM {scalars} WHERE tag = 'b'").Single().Select(Convert.ToDouble), Is.EqualTo(
            new[] { count, Enumerable.Range(0, count).Sum(step => (double)(step % 977)), count - 1 }));
        Assert.That(
            duck.Query("SELECT DISTINCT value - step % 13 FROM {scalars} WHERE tag = 'a'").Select(row => row[0]), Is.EqualTo(new[] { 0.0 }));
        Assert.That(Convert.ToInt64(duck.Query(
            $"SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{Out}/scalars/*/*.parquet')").Single()[0]!), Is.GreaterThan(4));
    }

    [TestCase("a/b")]
    [TestCase("a b=c%2F")]
    [TestCase("l\u00E4uft/\u4E2D\u6587")]
    [TestCase("a#b[c]{d}^'e'")]
    [TestCase("007")]
    [Platform("Unix", Reason = "names that Windows does not allow")]
    public void A_run_has_its_name_in_the_column_of_the_partition(string name)
    {
        WriteRun(name, count: 3);
        WriteRun("other", count: 3);
        using DuckDb duck = Export();
        Assert.That(
            duck.Query("SELECT DISTINCT run FROM {scalars} ORDER BY run").Select(row => row[0]),
            Is.EquivalentTo(new[] { name, "other" }));
    }

    [Test]
    public void Names_that_differ_only_in_case_or_are_too_long_have_directories_of_their_own()
    {
        var warnings = new List<string>();
        var names = new TorchBoard.Tool.Exporting.Parquet.HivePath(warnings.Add);
        string longName = string.Join('/', Enumerable.Repeat("\u4E2D", 100));
        string[] paths = [.. new[] { "a", "A", "a.", longName, longName + "x", "a" }.Select(names.Of)];
        Assert.That(paths[..3], Is.EqualTo(new[] { "run=a", "run=%41", "run=a%2E" }));
        Assert.That(paths[5], Is.EqualTo(paths[0]));
        Assert.That(paths[3..5], Is.Unique);
        Assert.That(paths.Select(Encoding.UTF8.GetByteCount), Is.All.LessThanOrEqualTo(255));
        Assert.That(warnings, Has.Count.EqualTo(2).And.All.Contains(longName));
    }

    [Test]
    public void Values_of_every_kind_have_a_data_set()
    {
        string path = Path.Combine(Runs, "a");
        using (var writer = new SummaryWriter(path))
        {
            writer.AddHistogram("weights", new double[] { 1, 2, 3, 4 }, 1);
            writer.AddHistogram("weights", new double[] { 5 }, 2);
            writer.AddPrCurve("pr", [true, false, true], [0.9f, 0.2f, 0.6f], 3);
            writer.AddText("notes", "# Title \u00E9", 4);
            writer.AddTensor("t", new float[] { 1, 2, 3, 4, 5, 6 }, 5, [2, 3]);
            writer.AddImage("image", new byte[] { 1, 2, 3 }, 6, ImageLayout.Hwc, [1, 1, 3]);
            writer.AddAudio("sound", new float[100], 7, 8000);
            writer.AddMesh("mesh", new float[] { 0, 0, 0, 1, 0, 0, 0, 1, 0 }, 8);
            writer.AddHyperparameters([("lr", 0.5), ("optimizer", "adam"), ("nesterov", true)]);
        }

        using DuckDb duck = Export();
        RunLog run = RunLog.Open(path);
        Assert.That(
            Directory.GetDirectories(Out).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "histograms", "pr_curves", "text", "tensors", "images", "audio", "meshes", "hyperparameters" }));

        List<object?[]> histograms = duck.Query("SELECT step, count, sum, limits, counts FROM {histograms} ORDER BY step");
        for (int i = 0; i < 2; i++)
        {
            Assert.That(histograms[i][1], Is.EqualTo(run.Histograms["weights"].Values[i].Count));
            Assert.That(histograms[i][3], Is.EqualTo(run.Histograms["weights"].Values[i].Limits.ToArray()));
            Assert.That(histograms[i][4], Is.EqualTo(run.Histograms["weights"].Values[i].Counts.ToArray()));
        }

        PrCurve curve = run.PrCurves["pr"].Values[0];
        Assert.That(
            duck.Query("SELECT thresholds[1], true_positives, precision, recall FROM {pr_curves}").Single(),
            Is.EqualTo(new object[] { 0.0, curve.TruePositives.ToArray(), curve.Precision.ToArray(), curve.Recall.ToArray() }));
        Assert.That(duck.Query("SELECT run, tag, step, text FROM {text}").Single(), Is.EqualTo(new object[] { "a", "notes", 4, "# Title \u00E9" }));
        Assert.That(
            duck.Query("SELECT type, shape, values, strings FROM {tensors}").Single(),
            Is.EqualTo(new object[] { "Single", new long[] { 2, 3 }, new double[] { 1, 2, 3, 4, 5, 6 }, Array.Empty<string>() }));
        Assert.That(
            duck.Query("SELECT format, width, height, octet_length(bytes), hex(bytes) FROM {images}").Single(),
            Is.EqualTo(new object[]
            {
                "png", 1, 1, run.Images["image"].Values[0][0].Encoded.Length,
                Convert.ToHexString(run.Images["image"].Values[0][0].Encoded.Span),
            }));
        Assert.That(
            duck.Query("SELECT sample_rate, channels, octet_length(bytes) FROM {audio}").Single(),
            Is.EqualTo(new object[] { 8000.0, 1, run.Audio["sound"].Values[0][0].Encoded.Length }));
        Assert.That(
            duck.Query("SELECT mesh, part, shape, len(values) FROM {meshes}").Single(),
            Is.EqualTo(new object[] { "mesh", "Vertices", new long[] { 1, 3, 3 }, 9 }));
        Assert.That(
            duck.Query("SELECT name, value, number, boolean FROM {hyperparameters} ORDER BY name"),
            Is.EqualTo(new object?[][]
            {
                ["lr", "0.5", 0.5, null], ["nesterov", "true", null, true], ["optimizer", "adam", null, null],
            }));
    }

    [Test]
    public void A_file_without_its_end_does_not_appear()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("export", Runs, "--format", "parquet", "--kind", "images", "--output", Out);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("torchboard: No images are selected."));
        Assert.That(Directory.Exists(Out), Is.False);
    }

    private DuckDb Export()
    {
        ToolRun run = ToolRun.Of("export", Runs, "--format", "parquet", "--output", Out);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
        Assert.That(Directory.GetFiles(Out, ".*", SearchOption.AllDirectories), Is.Empty);
        return new DuckDb(Out);
    }

    private void WriteSeeds()
    {
        for (int seed = 0; seed < 3; seed++)
        {
            var random = new Random(seed);
            using var writer = new SummaryWriter(Path.Combine(Runs, $"lr/seed{seed}"));
            writer.AddHyperparameters([("lr", 0.1 * (seed + 1)), ("seed", seed)]);
            for (int step = 0; step < 50; step++)
            {
                writer.AddScalar("loss", (float)(1 / (step + 1.0) + (0.1 * random.NextDouble())), step);
                writer.AddScalar("accuracy", (float)random.NextDouble(), step);
            }
        }
    }
}
