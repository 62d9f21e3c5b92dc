using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TorchBoard.Tool.Exporting;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Tests.Exporting;

/// <summary>Values as text: columns, wide tables, and the kinds other than scalars.</summary>
internal sealed class CsvTests : RunsFixture
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private string Run => Path.Combine(Runs, "a");

    [Test]
    public void Columns_are_those_asked_for_in_their_order()
    {
        using (var writer = new SummaryWriter(Run))
        {
            writer.AddScalar("first", 1f, 0, Time);
            writer.AddScalar("loss", 0.5f, 1, Time.AddMilliseconds(1500));
            writer.AddScalar("loss", 0.25f, 2, Time.AddSeconds(-1));
        }

        Assert.That(Export("--tag", "loss", "--columns", "step,relative,date,value,tag,run"), Is.EqualTo(
            """
            step,relative,date,value,tag,run
            1,1.5,2026-01-02T03:04:06.500000Z,0.5,loss,a
            2,-1,2026-01-02T03:04:04.000000Z,0.25,loss,a

            """));
    }

    [Test]
    public void Without_columns_they_are_the_five_of_before()
    {
        using (var writer = new SummaryWriter(Run))
            writer.AddScalar("loss", 0.1f, 7, Time);
        string seconds = Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.That(Export(), Is.EqualTo($"run,tag,step,wall_time,value\na,loss,7,{seconds},0.1\n"));
    }

    [Test]
    public void A_wall_time_that_is_no_date_is_an_empty_cell()
    {
        using (var writer = new SummaryWriter(Run))
            writer.AddScalar("loss", 1f, 1, DateTimeOffset.UnixEpoch);
        string file = OnlyFile(Run);
        byte[] bytes = File.ReadAllBytes(file);
        double[] times = [double.NaN, 6.39e17];
        foreach (double time in times)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(LastEventAt(bytes) + 1), time);
            WriteWithCrc(file, bytes);
            Assert.That(Export("--columns", "date,value"), Is.EqualTo("date,value\n,1\n"), time.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Test]
    public void A_wide_table_has_a_column_for_each_tag_and_a_line_for_each_step_of_a_run()
    {
        using (var writer = new SummaryWriter(Run))
        {
            foreach ((long step, float value) in ((long, float)[])[(0, 9f), (2, 1f), (1, 2f), (2, 3f)])
                writer.AddScalar("x", value, step, Time.AddSeconds(step));
            writer.AddScalar("=y", float.NaN, 1, Time.AddSeconds(60));
        }

        using (var writer = new SummaryWriter(Path.Combine(Runs, "b")))
            writer.AddScalar("z", 0.1f, -5, Time);
        Assert.That(Export("--wide"), Is.EqualTo("run,step,x,'=y,z\na,0,9,,\na,1,2,NaN,\na,2,3,,\nb,-5,,,0.1\n"));
        Assert.That(Export("--wide", "--columns", "step,relative", "--run", "a", "--tag", "x", "--tag", "=y"), Is.EqualTo(
            "step,relative,x,'=y\n0,0,9,\n1,60,2,NaN\n2,2,3,\n"));
    }

    [Test]
    public void Histograms_have_a_line_for_each_bucket_whose_edges_meet()
    {
        using (var writer = new SummaryWriter(Run))
            writer.AddHistogram("w", new double[] { 1, 2, 2, 4 }, 3, TorchBoard.Histograms.HistogramBins.Equal(3));
        TorchBoard.Histograms.Histogram expected = RunLog.Open(Run).Histograms["w"].Values[0];
        string[][] lines = Lines(Export("--kind", "histograms", "--columns", "step,lower,upper,count"));
        Assert.That(lines[0], Is.EqualTo(new[] { "step", "lower", "upper", "count" }));
        Assert.That(lines[1..].Select(line => Number(line[2])), Is.EqualTo(expected.Limits.ToArray()));
        Assert.That(lines[1..].Select(line => Number(line[3])), Is.EqualTo(expected.Counts.ToArray()));
        Assert.That(lines[2..].Select(line => line[1]), Is.EqualTo(lines[1..^1].Select(line => line[2])));
        Assert.That(Number(lines[1][1]), Is.EqualTo(Math.Min(expected.Min, expected.Limits[0])));
    }

    [Test]
    public void Pr_curves_have_a_line_for_each_threshold()
    {
        using (var writer = new SummaryWriter(Run))
            writer.AddPrCurve("pr", [true, false, true, false], [0.9f, 0.2f, 0.6f, 0.7f], 3);
        PrCurve curve = RunLog.Open(Run).PrCurves["pr"].Values[0];
        string[][] lines = Lines(Export("--kind", "pr_curves"));
        Assert.That(lines[0][4..], Is.EqualTo(new[]
        {
            "threshold", "true_positives", "false_positives", "true_negatives", "false_negatives", "precision", "recall",
        }));
        Assert.That(lines[1..].Select(line => Number(line[4])), Is.EqualTo(Enumerable.Range(0, curve.Count).Select(curve.Threshold)).Within(1e-6));
        Assert.That(lines[1..].Select(line => Number(line[6])), Is.EqualTo(curve.FalsePositives.ToArray()));
        Assert.That(lines[1..].Select(line => Number(line[9])), Is.EqualTo(curve.Precision.ToArray()).Within(1e-6));
    }

    [Test]
    public void Hyperparameters_keep_their_types()
    {
        using (var writer = new SummaryWriter(Run))
            writer.AddHyperparameters([("lr", 0.1), ("=formula", "=1+1"), ("nesterov", true)], new() { StartTime = Time });
        using (var writer = new SummaryWriter(Path.Combine(Runs, "b")))
            writer.AddHyperparameters([("lr", "auto")], new() { StartTime = Time });
        string[] lines = Export("--kind", "hyperparameters", "--columns", "run,name,value,start_time").Split('\n');
        Assert.That(lines[0], Is.EqualTo("run,name,value,start_time"));
        Assert.That(lines[1..], Is.EquivalentTo(new[]
        {
            "a,lr,0.1,2026-01-02T03:04:05.000000Z", "a,'=formula,'=1+1,2026-01-02T03:04:05.000000Z",
            "a,nesterov,true,2026-01-02T03:04:05.000000Z", "b,lr,auto,2026-01-02T03:04:05.000000Z", "",
        }));
    }

    [Test]
    public void Tensors_and_text_have_a_line_for_each_element()
    {
        using (var writer = new SummaryWriter(Run))
        {
            writer.AddTensor("t", new long[] { 1, -2 }, 5, [2, 1]);
            writer.AddText("notes", "a,\"b\"\nc", 6);
        }

        Assert.That(Export("--kind", "tensors", "--columns", "tag,step,shape,index,value"), Is.EqualTo(
            "tag,step,shape,index,value\nt,5,2x1,0,1\nt,5,2x1,1,-2\n"));
        string output = At("out");
        Assert.That(ToolRun.Of("export", Runs, "--kind", "text", "--kind", "tensors", "--output", output).ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(Path.Combine(output, "text.csv")), Does.EndWith(",\"a,\"\"b\"\"\nc\"\n"));
        Assert.That(File.Exists(Path.Combine(output, "tensors.csv")));
    }

    [Test]
    public void Json_lines_have_values_of_any_kind()
    {
        using (var writer = new SummaryWriter(Run))
        {
            writer.AddHistogram("w", new double[] { 1, 2 }, 3);
            writer.AddHyperparameters([("lr", 0.1)]);
        }

        System.Text.Json.JsonElement histogram = ToolRun.Of("export", Runs, "--format", "jsonl", "--kind", "histograms").Json;
        Assert.That(histogram.GetProperty("step").GetInt64(), Is.EqualTo(3));
        Assert.That(histogram.GetProperty("value").GetProperty("sum").GetDouble(), Is.EqualTo(3));
        System.Text.Json.JsonElement trial = ToolRun.Of("export", Runs, "--format", "jsonl", "--kind", "hyperparameters").Json;
        Assert.That(trial.GetProperty("value").GetProperty("values").GetProperty("lr").GetDouble(), Is.EqualTo(0.1));
    }

    [TestCase(new float[] { 1.5f, -2, 3, 4, 5, 6 }, "<f4")]
    [TestCase(new double[] { 1.5, -2, 3, 4, 5, 1e300 }, "<f8")]
    [TestCase(new long[] { 1, -2, 3, 4, 5, 6 }, "<i8")]
    [TestCase(new bool[] { true, false, true, true, false, false }, "|b1")]
    public void Tensors_are_files_of_NumPy(Array elements, string type)
    {
        using (var writer = new SummaryWriter(Run))
        {
            switch (elements)
            {
                case float[] floats:
                    writer.AddTensor("t", floats, 5, [2, 3]);
                    break;
                case double[] doubles:
                    writer.AddTensor("t", doubles, 5, [2, 3]);
                    break;
                case long[] integers:
                    writer.AddTensor("t", integers, 5, [2, 3]);
                    break;
                case bool[] booleans:
                    writer.AddTensor("t", booleans, 5, [2, 3]);
                    break;
            }
        }

        Assert.That(ToolRun.Of("export", Runs, "--format", "files", "--output", At("out")).ExitCode, Is.Zero);
        byte[] file = File.ReadAllBytes(At("out", "a", "t", "5.npy"));
        int header = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        Assert.That(file[..8], Is.EqualTo(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0 }));
        Assert.That((header + 10) % 64, Is.Zero);
        Assert.That(
            Encoding.ASCII.GetString(file, 10, header).TrimEnd(' ', '\n'),
            Is.EqualTo($"{{'descr': '{type}', 'fortran_order': False, 'shape': (2, 3), }}"));
        byte[] data = new byte[Buffer.ByteLength(elements)];
        Buffer.BlockCopy(elements, 0, data, 0, data.Length);
        Assert.That(file[(header + 10)..], Is.EqualTo(data));
    }

    [TestCase("--columns run,stepp", "'stepp'")]
    [TestCase("--columns step,step", "twice")]
    [TestCase("--columns lower", "'lower'")]
    [TestCase("--wide --columns value", "'value'")]
    [TestCase("--wide --format json", "--format csv")]
    [TestCase("--wide --kind histograms", "scalars")]
    [TestCase("--kind images", "no images")]
    [TestCase("--format json --kind text", "no text")]
    [TestCase("--kind text --kind tensors", "--output")]
    [TestCase("--format parquet", "--output")]
    public void What_does_not_go_together_is_told(string options, string reason)
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of(["export", Runs, .. options.Split(' ')]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(reason));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public void Runs_larger_than_memory_are_read_in_parts_and_give_the_same_points()
    {
        using (var writer = new SummaryWriter(Run))
        {
            for (int step = 0; step < 70_000; step++)
            {
                writer.AddScalar("long", step, step);
                if (step % 10 == 0)
                    writer.AddScalar(step % 20 == 0 ? "short" : "shorter", step, step);
            }
        }

        // A restart removes points of the first file, which are counted when the second is read.
        using (var writer = new SummaryWriter(Run, new() { PurgeStep = 69_000 }))
        {
            writer.AddScalar("long", -1, 69_500);
            writer.AddScalar("new", -2, 69_500);
        }

        RunLog expected = RunLog.Open(Run);
        foreach (int maxPoints in (int[])[1, 5000, 8000, 1 << 20])
        {
            var runs = new ExportedRuns(new OpenedRuns(new LogDirectories(Runs), [], [], Terminal.Silent))
            {
                MaxBytesAtOnce = 0,
                MaxPointsAtOnce = maxPoints,
            };
            ExportedRun run = runs.Read(withCurves: true, CancellationToken.None).Single();
            ExportedCurve[] curves = [.. run.Curves([])];
            Assert.That(curves.Select(curve => curve.Tag), Is.EqualTo(expected.Scalars.Keys));
            foreach (ExportedCurve curve in curves)
            {
                ScalarSeries whole = expected.Scalars[curve.Tag];
                for (int time = 0; time < 2; time++)
                {
                    // A constraint would compare the numbers as objects, which takes a second each.
                    Assert.That(curve.Parts.SelectMany(part => part.Steps.ToArray()).SequenceEqual(whole.Steps.ToArray()), curve.Tag);
                    Assert.That(curve.Parts.SelectMany(part => part.Values.ToArray()).SequenceEqual(whole.Values.ToArray()), curve.Tag);
                    Assert.That(
                        curve.Parts.SelectMany(part => part.WallTimes.ToArray()).SequenceEqual(whole.WallTimes.ToArray()), curve.Tag);
                }
            }

            Assert.That(curves[0].Parts.Count(), maxPoints < 69_001 ? Is.EqualTo(2) : Is.EqualTo(1));
        }
    }

    private static int LastEventAt(byte[] file)
    {
        int at = 0;
        for (int next = 0; next < file.Length; next += 16 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(next)))
            at = next;
        return at + 12;
    }

    private static void WriteWithCrc(string file, byte[] bytes)
    {
        // The library's own writer frames the edited event.
        int at = LastEventAt(bytes);
        byte[][] events = [bytes[12..(at - 16)], bytes[at..^4]];
        File.Delete(file);
        using var writer = new EventFileWriter(file);
        foreach (byte[] payload in events)
            writer.Write(payload);
    }

    private static string[][] Lines(string text) => [.. text.TrimEnd('\n').Split('\n').Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private string Export(params string[] options)
    {
        ToolRun run = ToolRun.Of(["export", Runs, .. options]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
        return run.Output;
    }
}
