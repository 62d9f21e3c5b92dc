using TorchBoard.Figures;
using TorchBoard.Histograms;

namespace TorchBoard.Tests.Writing;

/// <summary>Values that are obtained when they are written.</summary>
internal sealed class DeferredTests
{
    [Test]
    public void A_deferred_value_is_obtained_once_by_another_thread_and_keeps_its_position()
    {
        using var directory = new TestDirectory();
        var askedBy = new List<int>();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddScalar("a", 1, 0);
            writer.AddDeferredScalar("a", () => Told(2), 1, DateTimeOffset.UnixEpoch);
            writer.AddDeferredScalars("series", [("x", () => Told(3)), ("y", () => Told(4))], 1);
            writer.AddScalar("a", 5, 2);
        }

        RunLog run = RunLog.Open(directory);
        Assert.That(run.Scalars["a"].Values.ToArray(), Is.EqualTo([1.0, 2, 5]));
        Assert.That(run.Scalars["a"].WallTimes[1], Is.Zero);
        Assert.That(RunLog.Open(Path.Combine(directory, "series_y")).Scalars["series"].Values[0], Is.EqualTo(4));
        Assert.That(askedBy, Has.Count.EqualTo(3).And.None.EqualTo(Environment.CurrentManagedThreadId));

        float Told(float value)
        {
            askedBy.Add(Environment.CurrentManagedThreadId);
            return value;
        }
    }

    [Test]
    public void Deferred_histograms_and_figures_are_the_results_of_their_functions()
    {
        using var directory = new TestDirectory();
        float[] values = [1, 2, 2, 3];
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddDeferredHistogram("h", () => Histogram.Of<float>(values), values.Length * sizeof(float), 7);
            writer.AddHistogram<float>("h", values, 8);
            writer.AddDeferredFigure("f", () => new Figure { Title = "t" }.Line<float>(values), 7, 320, 240);
            writer.AddFigure("f", new Figure { Title = "t" }.Line<float>(values), 8, 320, 240);
        }

        RunLog run = RunLog.Open(directory);
        Assert.That(run.Histograms["h"].Values[0].Counts.ToArray(), Is.EqualTo(run.Histograms["h"].Values[1].Counts.ToArray()));
        Assert.That(
            run.Images["f"].Values[0][0].Encoded.ToArray(), Is.EqualTo(run.Images["f"].Values[1][0].Encoded.ToArray()));
    }

    [Test]
    public void A_function_that_throws_loses_only_its_own_value_and_is_reported()
    {
        using var directory = new TestDirectory();
        var told = new List<string>();
        using (var writer = new SummaryWriter(directory))
        {
            writer.WriteFailed += (_, e) => told.Add(e.Exception.Message);
            writer.AddDeferredScalar("a", () => throw new InvalidOperationException("the device is lost"), 0);
            writer.AddScalar("a", 1, 1);
            writer.Flush();
            Assert.That(writer.DroppedEvents, Is.EqualTo(1));
        }

        Assert.That(told, Is.EqualTo(["the device is lost"]));
        Assert.That(RunLog.Open(directory).Scalars["a"].Steps.ToArray(), Is.EqualTo([1L]));
    }

    [Test]
    public void A_disabled_writer_calls_no_function()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, new SummaryWriterOptions { Enabled = false });
        writer.AddDeferredScalar("a", () => throw new InvalidOperationException(), 0);
        writer.Flush();
        Assert.That((writer.IsEnabled, writer.DroppedEvents), Is.EqualTo((false, 0L)));
    }

    [Test]
    public void Invalid_arguments_are_rejected_at_once()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => writer.AddDeferredScalar("", () => 1, 0), Throws.ArgumentException);
            Assert.That(() => writer.AddDeferredScalar("a", null!, 0), Throws.ArgumentNullException);
            Assert.That(() => writer.AddDeferredScalars("a", [], 0), Throws.ArgumentException);
            Assert.That(() => writer.AddDeferredScalars("a", [("x", null!)], 0), Throws.ArgumentNullException);
            Assert.That(
                () => writer.AddDeferredHistogram("a", () => Histogram.Of<float>([1]), -1, 0),
                Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => writer.AddDeferredFigure("a", () => new Figure(), 0, width: 3), Throws.InstanceOf<ArgumentException>());
        }
    }
}
