using System.Diagnostics.Metrics;
using TorchBoard.Monitoring;
using static TorchBoard.Tests.Monitoring.RecordedMeter;

namespace TorchBoard.Tests.Monitoring;

/// <summary>How names of meters and tags of measurements become TensorBoard's tags.</summary>
internal sealed class MeterTagTests
{
    [Test]
    public void Tags_of_measurements_are_parts_of_the_tag_in_the_order_of_their_keys()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            Counter<int> requests = meter.CreateCounter<int>("requests");
            requests.Add(1, new("method", "GET"), new("status", 200));
            requests.Add(1, new("status", 200), new("method", "GET"));
            requests.Add(1, new("method", "GET"), new("status", 404));
            requests.Add(1, new KeyValuePair<string, object?>("method", null));
            requests.Add(1, new KeyValuePair<string, object?>("share", 0.5));
            requests.Add(1, new KeyValuePair<string, object?>("text\n", "lone \uD800 surrogate"));
            requests.Add(7);
            clock.Advance(Interval);
        });

        Assert.That(
            run.Scalars.Keys.Where(tag => tag.EndsWith("total", StringComparison.Ordinal))
                .ToDictionary(tag => tag, tag => run.Scalars[tag].Values[0]),
            Is.EquivalentTo(new Dictionary<string, float>
            {
                [$"{Name}/requests/method=GET,status=200/total"] = 2,
                [$"{Name}/requests/method=GET,status=404/total"] = 1,
                [$"{Name}/requests/method=/total"] = 1,
                [$"{Name}/requests/share=0.5/total"] = 1,
                [$"{Name}/requests/text\uFFFD=lone \uFFFD surrogate/total"] = 1,
                [$"{Name}/requests/total"] = 7,
            }));
    }

    [Test]
    public void Unbounded_tags_are_recorded_together_beyond_the_limit()
    {
        RunLog run = Recorded(
            (meter, clock) =>
            {
                Counter<int> requests = meter.CreateCounter<int>("requests");
                Gauge<int> last = meter.CreateGauge<int>("last");
                Histogram<int> sizes = meter.CreateHistogram<int>("sizes");
                for (int user = 0; user < 1000; user++)
                {
                    var tag = new KeyValuePair<string, object?>("user", $"user-{user}");
                    requests.Add(1, tag);
                    last.Record(user, tag);
                    sizes.Record(user, tag);
                }

                requests.Add(1, new KeyValuePair<string, object?>("user", "user-1"));
                clock.Advance(Interval);
            },
            new MeterRecordingOptions { TagSetLimit = 3 });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars.Keys.Count(tag => tag.Contains("/requests/user=", StringComparison.Ordinal)), Is.EqualTo(6));
            Assert.That(Points(run, "requests/user=user-1/total")[0], Is.EqualTo((10L, 2f)));
            Assert.That(Points(run, "requests/other/total")[0], Is.EqualTo((10L, 997f)));
            Assert.That(run.Histograms[$"{Name}/sizes/other"][0].Value.Count, Is.EqualTo(997));
            Assert.That(run.Scalars.Keys, Has.None.Contains("last/other"));
            Assert.That(run.Scalars.Keys, Contains.Item($"{Name}/last/user=user-2"));
        }
    }

    [Test]
    public void A_tag_that_throws_does_not_fail_the_code_that_measures()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            Counter<int> requests = meter.CreateCounter<int>("requests");
            requests.Add(1, new KeyValuePair<string, object?>("object", new Throwing(inHashCode: true)));
            requests.Add(1, new KeyValuePair<string, object?>("object", new Throwing(inHashCode: false)));
            clock.Advance(Interval);
        });

        Assert.That(Points(run, "requests/other/total")[0], Is.EqualTo((10L, 2f)));
    }

    [Test]
    public void Instruments_of_the_same_name_are_recorded_as_one()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            using var twin = new Meter(Name);
            meter.CreateCounter<int>("orders").Add(1);
            twin.CreateCounter<int>("orders").Add(2);
            meter.CreateObservableUpDownCounter("entries", () => 10);
            twin.CreateObservableUpDownCounter("entries", () => 5);
            using var tagged = new Meter(Name, version: null, [new("region", "eu")]);
            tagged.CreateCounter<int>("orders").Add(4);
            clock.Advance(Interval);
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Points(run, "orders/total")[0], Is.EqualTo((10L, 3f)));
            Assert.That(Points(run, "entries")[0], Is.EqualTo((10L, 15f)));
            Assert.That(Points(run, "orders/region=eu/total")[0], Is.EqualTo((10L, 4f)));
        }
    }

    [Test]
    public void Only_meters_of_the_pattern_are_recorded_in_groups_of_their_own_or_with_a_prefix()
    {
        using var directory = new TestDirectory();
        using var shop = new Meter("Only.Shop");
        using var bank = new Meter("Only.Bank");
        using var other = new Meter("OnlyOther");
        using var reserved = new Meter("constructor");
        using (var writer = new SummaryWriter(directory))
        {
            using IDisposable all = writer.RecordMeters("only.*");
            using IDisposable one = writer.RecordMeters(
                ["Only.Bank", "constructor"], options: new MeterRecordingOptions { Prefix = "live" });
            foreach (Meter meter in new[] { shop, bank, other, reserved })
                meter.CreateGauge<int>("value").Record(1);
        }

        using (var writer = new SummaryWriter(Path.Combine(directory, "reserved")))
        {
            writer.RecordMeters("constructor");
            reserved.CreateGauge<int>("second").Record(1);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                RunLog.Open(directory).Scalars.Keys,
                Is.EquivalentTo(new[]
                {
                    "Only.Shop/value", "Only.Bank/value", "live/Only.Bank/value", "live/constructor/value",
                }));
            Assert.That(
                RunLog.Open(Path.Combine(directory, "reserved")).Scalars.Keys, Is.EqualTo(new[] { "meters/constructor/second" }));
        }
    }

    [Test]
    public void A_tag_that_has_values_of_another_kind_is_skipped()
    {
        using var directory = new TestDirectory();
        using var meter = new Meter("Taken");
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddText("Taken/first", "text", 0);
            writer.AddText("Taken/second", "text", 0);
            writer.RecordMeters("Taken");
            meter.CreateGauge<int>("first").Record(1);
            meter.CreateHistogram<int>("second").Record(1);
            meter.CreateGauge<int>("third").Record(1);
        }

        Assert.That(RunLog.Open(directory).Scalars.Keys, Contains.Item("Taken/third").And.Not.Contains("Taken/first"));
    }

    [Test]
    public void Measurements_of_many_threads_are_all_counted()
    {
        RunLog run = Recorded((meter, clock) =>
        {
            Counter<long> whole = meter.CreateCounter<long>("whole");
            Counter<double> parts = meter.CreateCounter<double>("parts");
            Histogram<int> sizes = meter.CreateHistogram<int>("sizes");
            Parallel.For(0, 8, thread =>
            {
                for (int i = 0; i < 10_000; i++)
                {
                    var tag = new KeyValuePair<string, object?>("i", i % 10);
                    whole.Add(1, tag);
                    parts.Add(0.5, tag);
                    sizes.Record(i, tag);
                }
            });
            clock.Advance(Interval);
        });

        using (Assert.EnterMultipleScope())
        {
            for (int i = 0; i < 10; i++)
            {
                Assert.That(Points(run, $"whole/i={i}/total")[0].Value, Is.EqualTo(8000));
                Assert.That(Points(run, $"parts/i={i}/total")[0].Value, Is.EqualTo(4000));
                Assert.That(run.Histograms[$"{Name}/sizes/i={i}"][0].Value.Count, Is.EqualTo(8000));
            }
        }
    }

    private sealed class Throwing(bool inHashCode)
    {
        public override int GetHashCode() => inHashCode ? throw new InvalidOperationException() : 1;

        public override bool Equals(object? obj) => throw new InvalidOperationException();

        public override string ToString() => throw new InvalidOperationException();
    }
}
