using System.Diagnostics.Metrics;
using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Monitoring;

namespace TorchBoard.Tests.Writing;

/// <summary>Data that is written but probably not as intended is reported once, on standard error.</summary>
[NonParallelizable]
internal sealed class DataNoticesTests
{
    [Test]
    public void A_picture_of_floats_from_0_to_255_is_reported_once()
    {
        string reported = Reported(writer =>
        {
            writer.AddImage("photo", [0f, 128, 200.5f, 3], 0, ImageLayout.Hw, [2, 2]);
            writer.AddImage("other", [0f, 128, 255, 3], 0, ImageLayout.Hw, [2, 2]);
            using SummaryWriter train = writer.OpenSubRun("train");
            train.AddImages("batch", [0f, 128, 255, 3], 0, ImageLayout.Nhw, [1, 2, 2]);
        });
        Assert.That(reported, Is.EqualTo(
            "TorchBoard: The picture 'photo' has floats from 0 to 200.5, and those above 1 are white. Divide them by 255 "
            + "or pass bytes. Further pictures are not reported.\n"));
    }

    [Test]
    public void Every_method_that_takes_pictures_of_floats_reports_them()
    {
        float[] pixels = [0, 255, 17, 1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reported(w => w.AddImages("x", pixels, 0, ImageLayout.Nhw, [1, 2, 2])), Does.Contain("'x'"));
            Assert.That(
                Reported(w => w.AddImages("x", pixels, 0, ImageLayout.Nhw, [1, 2, 2], new())),
                Does.Contain("'x'"));
            Assert.That(
                Reported(w => w.AddImageWithBoxes("x", pixels, [], 0, ImageLayout.Hw, [2, 2])), Does.Contain("'x'"));
            Assert.That(Reported(w => w.AddVideo("x", pixels, 0, VideoLayout.Thwc, [1, 2, 2, 1])), Does.Contain("'x'"));
        }
    }

    [TestCase(0f, 1f)]
    [TestCase(0f, 15f)]
    [TestCase(0f, 256f)]
    [TestCase(-1f, 200f)]
    [TestCase(float.NaN, 200f)]
    [TestCase(0f, float.PositiveInfinity)]
    public void Other_floats_are_not_reported(float first, float second) =>
        Assert.That(
            Reported(writer => writer.AddImage("x", [first, second], 0, ImageLayout.Hw, [1, 2])), Is.Empty);

    [Test]
    public void Pictures_that_the_options_scale_are_not_reported() =>
        Assert.That(
            Reported(writer =>
            {
                writer.AddImages("x", [0f, 255], 0, ImageLayout.Nhw, [1, 1, 2], new() { Normalize = true });
                writer.AddImages("x", [0f, 255], 0, ImageLayout.Nhw, [1, 1, 2], new ImageGridOptions { ColorMap = ColorMap.Viridis });
            }),
            Is.Empty);

    [Test]
    public void A_double_beyond_the_range_of_a_float_is_reported_once_and_written_as_an_infinity()
    {
        using var directory = new TestDirectory();
        string reported = Reported(
            writer =>
            {
                writer.AddScalar("loss", double.PositiveInfinity, 0);
                writer.AddScalar("loss", -1e39, 1);
                writer.AddScalar("loss", 1e39, 2, DateTimeOffset.UnixEpoch);
                writer.AddMetrics([("loss", 1e300)], 3);
                writer.AddScalars("losses", [("a", 1e300)], 3);
            },
            directory);
        Assert.That(reported, Is.EqualTo(
            "TorchBoard: The scalar 'loss' is -1E+39, which is beyond the range of a float and is written as an infinity. "
            + "Further values are not reported.\n"));
        Assert.That(
            WrittenEvents.Scalars(directory, "loss").Select(point => point.Value),
            Is.EqualTo(new[] { float.PositiveInfinity, float.NegativeInfinity, float.PositiveInfinity, float.PositiveInfinity }));
    }

    [Test]
    public void Every_method_that_takes_doubles_reports_them()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reported(w => w.AddScalar("x", 1e39, 2, DateTimeOffset.UnixEpoch)), Does.Contain("1E+39"));
            Assert.That(Reported(w => w.AddMetrics([("x", 1e39)], 2)), Does.Contain("'x' is 1E+39"));
            Assert.That(Reported(w => w.AddScalars("x", [("a", 1e39)], 2)), Does.Contain("'x' is 1E+39"));
            Assert.That(Reported(w => w.AddScalar("x", double.NegativeInfinity, 2)), Is.Empty);
        }
    }

    [Test]
    public void Meters_that_are_not_recorded_as_intended_are_reported_once()
    {
        using var meter = new Meter("Noticed");
        string reported = Reported(writer =>
        {
            writer.RecordMeters("Noticed", options: new MeterRecordingOptions { TagSetLimit = 1 });
            foreach (string name in new[] { "first", "second" })
            {
                Counter<double> counter = meter.CreateCounter<double>(name);
                counter.Add(double.NaN);
                counter.Add(1, new KeyValuePair<string, object?>("user", "a"));
                counter.Add(1, new KeyValuePair<string, object?>("user", "b"));
                meter.CreateObservableGauge($"{name}/observed", new Func<int>(() => throw new FormatException("No number.")));
            }
        });

        Assert.That(reported.TrimEnd().Split('\n'), Is.EquivalentTo(new[]
        {
            "TorchBoard: NaN or an infinity was added to the counter 'Noticed/first' and is not counted. Further values are "
            + "not reported.",
            "TorchBoard: The instrument 'Noticed/first' has more than 1 sets of tags, or tags without a text. The others are "
            + "recorded together as 'other', or not at all for a gauge. Use tags with few values, or raise TagSetLimit. "
            + "Further instruments are not reported.",
            "TorchBoard: The callback of an observable instrument threw FormatException: No number. Its value is missing from "
            + "this sample. Further exceptions are not reported.",
        }));
    }

    [Test]
    public void A_name_that_no_meter_or_event_source_has_is_reported_at_the_end_of_a_short_recording()
    {
        using var meter = new Meter("Noticed.Meter");
        meter.CreateCounter<int>("orders");
        string reported = Reported(writer =>
        {
            writer.RecordMeters("Notised.*");
            writer.RecordEventCounters("Sistem.Runtime");
        });

        Assert.That(reported, Does.Match("(?m)^TorchBoard: Nothing is recorded for 'Notised.*': .* There are: .*Noticed.Meter.*$"));
        Assert.That(reported, Does.Match("(?m)^TorchBoard: Nothing is recorded for 'Sistem.Runtime': .* There are: .*System.Runtime.*$"));
        Assert.That(reported.Split('\n'), Has.Length.EqualTo(3));
    }

    [Test]
    public void The_program_gets_every_report_in_place_of_standard_error()
    {
        using var directory = new TestDirectory();
        var told = new List<string>();
        for (int run = 0; run < 2; run++)
        {
            string reported = Reported(
                writer =>
                {
                    writer.AddImage("photo", [0f, 128, 200.5f, 3], 0, ImageLayout.Hw, [2, 2]);
                    writer.AddScalar("loss", 1e39, 1);
                    writer.RecordMeters("Notised.*");
                    writer.AddDeferredScalar("later", () => throw new FormatException("No number."), 2);
                    writer.Flush();
                },
                directory,
                new() { OnWarning = told.Add });
            Assert.That(reported, Is.Empty);
        }

        Assert.That(told.Count(text => text.EndsWith("set PurgeStep to resume a run.", StringComparison.Ordinal)), Is.EqualTo(1));
        foreach (string start in new[] { "The picture 'photo' has", "The scalar 'loss' is 1E+39", "Nothing is recorded for 'Notised.*'" })
            Assert.That(told.Count(text => text.StartsWith(start, StringComparison.Ordinal)), Is.EqualTo(2), start);
        Assert.That(told.Count(text => text.Contains("cannot be written: No number.", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public void A_handler_that_throws_does_not_reach_the_loop()
    {
        using var directory = new TestDirectory();
        string reported = Reported(
            writer => writer.AddScalar("loss", 1e39, 1),
            directory,
            new() { OnWarning = _ => throw new InvalidOperationException("no log") });
        Assert.That(reported, Does.StartWith("TorchBoard: The scalar 'loss' is 1E+39").And.Contain("no log"));
    }

    [Test]
    public void Warnings_of_fonts_go_to_their_handler_or_to_standard_error()
    {
        var told = new List<string>();
        FontFallback.OnWarning = told.Add;
        FontFallback.Warn("No font has it.");
        FontFallback.OnWarning = null;
        Assert.That(told, Is.EqualTo(["No font has it."]));
        Assert.That(Reported(_ => FontFallback.Warn("No font has it.")), Is.EqualTo("TorchBoard: No font has it.\n"));
    }

    private static string Reported(Action<SummaryWriter> add)
    {
        using var directory = new TestDirectory();
        return Reported(add, directory);
    }

    private static string Reported(Action<SummaryWriter> add, string directory, SummaryWriterOptions? options = null)
    {
        TextWriter before = Console.Error;
        using var error = new StringWriter { NewLine = "\n" };
        Console.SetError(error);
        try
        {
            using (var writer = new SummaryWriter(directory, options ?? new()))
                add(writer);
        }
        finally
        {
            Console.SetError(before);
        }

        return error.ToString();
    }
}
