using System.Diagnostics.Metrics;
using TorchBoard.Monitoring;
using static TorchBoard.Tests.Monitoring.RecordedMeter;

namespace TorchBoard.Tests.Monitoring;

/// <summary>Instruments of real meters, recorded by a real writer at an interval of ten seconds.</summary>
internal sealed class MeterRecorderTests
{
    [Test]
    public void A_counter_has_its_total_and_its_rate_per_second()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            Counter<long> orders = meter.CreateCounter<long>("orders");
            orders.Add(20);
            orders.Add(10);
            clock.Advance(Interval);
            clock.Advance(Interval);
            orders.Add(5);
            clock.Advance(Interval);
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Points(run, "orders/total"), Is.EqualTo(new[] { (10L, 30f), (20, 30), (30, 35), (31, 35) }));
            Assert.That(Points(run, "orders/rate"), Is.EqualTo(new[] { (10L, 3f), (20, 0), (30, 0.5f) }));
        }
    }

    [Test]
    public void Counters_of_every_type_count()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            meter.CreateCounter<byte>("byte").Add(1);
            meter.CreateCounter<short>("short").Add(2);
            meter.CreateCounter<int>("int").Add(3);
            meter.CreateCounter<long>("long").Add(4);
            meter.CreateCounter<float>("float").Add(5.5f);
            meter.CreateCounter<double>("double").Add(6.5);
            meter.CreateCounter<decimal>("decimal").Add(7.5m);
            clock.Advance(Interval);
        });

        Assert.That(
            from type in new[] { "byte", "short", "int", "long", "float", "double", "decimal" }
            select run.Scalars[$"{Name}/{type}/total"].Values[0],
            Is.EqualTo(new[] { 1, 2, 3, 4, 5.5f, 6.5f, 7.5f }));
    }

    [Test]
    public void An_up_down_counter_has_its_sum_and_a_gauge_its_last_value()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            UpDownCounter<int> open = meter.CreateUpDownCounter<int>("open");
            Gauge<double> temperature = meter.CreateGauge<double>("temperature");
            open.Add(5);
            open.Add(-2);
            temperature.Record(20);
            temperature.Record(21.5);
            clock.Advance(Interval);
            open.Add(-3);
            temperature.Record(double.NaN);
            clock.Advance(Interval);
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Points(run, "open").Take(2), Is.EqualTo(new[] { (10L, 3f), (20, 0) }));
            Assert.That(Points(run, "temperature").Take(2), Is.EqualTo(new[] { (10L, 21.5f), (20, float.NaN) }));
        }
    }

    [Test]
    public void A_histogram_has_the_distribution_since_the_previous_sample_its_mean_and_its_rate()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            Histogram<double> latency = meter.CreateHistogram<double>("latency");
            foreach (double value in new[] { 0.25, 0.5, 0.75, double.NaN })
                latency.Record(value);
            clock.Advance(Interval);
            clock.Advance(Interval);
            latency.Record(8);
            clock.Advance(Interval);
        });

        Series<TorchBoard.Histograms.Histogram> distributions = run.Histograms[$"{Name}/latency"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(distributions.Steps.ToArray(), Is.EqualTo(new[] { 10L, 30 }), "none without values");
            Assert.That(distributions[0].Value.Count, Is.EqualTo(3));
            Assert.That(distributions[0].Value.Sum, Is.EqualTo(1.5));
            Assert.That((distributions[0].Value.Min, distributions[0].Value.Max), Is.EqualTo((0.25, 0.75)));
            Assert.That((distributions[1].Value.Count, distributions[1].Value.Sum), Is.EqualTo((1, 8)));
            Assert.That(Points(run, "latency/mean"), Is.EqualTo(new[] { (10L, 0.5f), (30, 8) }));
            Assert.That(Points(run, "latency/rate"), Is.EqualTo(new[] { (10L, 0.4f), (20, 0), (30, 0.1f) }));
            Assert.That(Points(run, "latency/nonfinite"), Is.EqualTo(new[] { (10L, 1f) }));
        }
    }

    [Test]
    public void The_buckets_of_a_histogram_are_those_of_AddHistogram()
    {
        double[] edges = HistogramEdges();
        double[] values =
        [
            .. edges, .. edges.Select(Math.BitIncrement), .. edges.Select(Math.BitDecrement), 0, -0.0, double.Epsilon,
            -double.Epsilon, 1e300, -1e300, 3, 7.5, 1000,
        ];
        RunLog run = Recorded((meter, clock) =>
        {
            Histogram<double> all = meter.CreateHistogram<double>("all");
            foreach (double value in values)
                all.Record(value);
            clock.Advance(Interval);
        });

        var expected = TorchBoard.Histograms.Histogram.Of<double>(values);
        TorchBoard.Histograms.Histogram written = run.Histograms[$"{Name}/all"][0].Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(written.Count, Is.EqualTo(values.Length));
            Assert.That(written.Counts.ToArray(), Is.EqualTo(expected.Counts.ToArray()));
        }
    }

    [Test]
    public void Observable_instruments_are_called_back_for_each_sample()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            long read = 0;
            meter.CreateObservableCounter("read", () => read);
            meter.CreateObservableUpDownCounter("open", () => read / 100);
            meter.CreateObservableGauge("shards", () => read < 200
                ? new[] { new Measurement<long>(read, new KeyValuePair<string, object?>("shard", 1)) }
                : []);
            foreach (long next in new long[] { 100, 150, 200, 30 })
            {
                read = next;
                clock.Advance(Interval);
            }
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Points(run, "read/total").Take(4), Is.EqualTo(new[] { (10L, 100f), (20, 150), (30, 200), (40, 30) }));
            Assert.That(
                Points(run, "read/rate").Take(3), Is.EqualTo(new[] { (20L, 5f), (30, 5), (40, 3) }), "begins again at zero");
            Assert.That(Points(run, "open")[2], Is.EqualTo((30L, 2f)));
            Assert.That(
                Points(run, "shards/shard=1").Take(3), Is.EqualTo(new[] { (10L, 100f), (20, 150), (40, 30) }), "not reported at 30");
        }
    }

    [Test]
    public void A_callback_that_throws_costs_only_its_value()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            meter.CreateObservableGauge("broken", new Func<int>(() => throw new InvalidOperationException("broken")));
            meter.CreateObservableGauge("works", () => 1);
            clock.Advance(Interval);
        });

        Assert.That(Points(run, "works")[0], Is.EqualTo((10L, 1f)));
    }

    [Test]
    public void NaN_is_not_added_to_a_counter()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            Counter<double> watts = meter.CreateCounter<double>("watts");
            watts.Add(1);
            watts.Add(double.NaN);
            watts.Add(double.PositiveInfinity);
            watts.Add(2);
            clock.Advance(Interval);
        });

        Assert.That(Points(run, "watts/total")[0], Is.EqualTo((10L, 3f)));
    }

    [Test]
    public void An_instrument_that_is_published_later_is_recorded_and_a_disposed_one_is_written_once_more()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            clock.Advance(Interval);
            using (var shortLived = new Meter(Name))
            {
                shortLived.CreateCounter<int>("late").Add(3);
            }

            clock.Advance(Interval);
            clock.Advance(Interval);
        });

        Assert.That(Points(run, "late/total"), Is.EqualTo(new[] { (20L, 3f) }));
    }

    [Test]
    public void A_disposed_writer_has_what_was_measured_since_the_last_sample()
    {
        using var directory = new TestDirectory();
        var clock = new ManualClock();
        using var meter = new Meter("MyCompany.Last");
        Counter<int> orders = meter.CreateCounter<int>("orders");
        using (var writer = new SummaryWriter(directory, new SummaryWriterOptions { TimeProvider = clock }))
        {
            writer.RecordMeters("MyCompany.Last", Interval);
            clock.Advance(Interval);
            orders.Add(2);
        }

        orders.Add(1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RunLog.Open(directory).Scalars["MyCompany.Last/orders/total"].Values[0], Is.EqualTo(2));
            Assert.That(clock.Timers, Is.Zero);
            Assert.That(orders.Enabled, Is.False, "nobody listens any more");
        }
    }

    [Test]
    public void A_disabled_writer_does_not_listen()
    {
        using var meter = new Meter("Disabled");
        Counter<int> orders = meter.CreateCounter<int>("orders");
        using var writer = new SummaryWriter("nowhere", new SummaryWriterOptions { Enabled = false });
        using IDisposable recording = writer.RecordMeters("*");
        Assert.That(orders.Enabled, Is.False);
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        using var writer = new SummaryWriter("nowhere", new SummaryWriterOptions { Enabled = false });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => writer.RecordMeters(""), Throws.ArgumentException);
            Assert.That(() => writer.RecordMeters((string)null!), Throws.ArgumentNullException);
            Assert.That(() => writer.RecordMeters(Array.Empty<string>()), Throws.ArgumentException);
            Assert.That(() => writer.RecordMeters(["a", ""]), Throws.ArgumentException);
            Assert.That(() => writer.RecordMeters("a", TimeSpan.FromMilliseconds(99)), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => writer.RecordMeters("a", TimeSpan.FromDays(25)), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new MeterRecordingOptions { TagSetLimit = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new MeterRecordingOptions { Prefix = "constructor" }, Throws.ArgumentException);
            Assert.That(() => writer.RecordEventCounters("a", prefix: "toString"), Throws.ArgumentException);
            writer.Dispose();
            Assert.That(() => writer.RecordMeters("a"), Throws.TypeOf<ObjectDisposedException>());
        }
    }

    private static double[] HistogramEdges() => TorchBoard.Histograms.HistogramCounter.Edges.ToArray();
}
