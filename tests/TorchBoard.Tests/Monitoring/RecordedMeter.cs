using System.Diagnostics.Metrics;
using TorchBoard.Monitoring;

namespace TorchBoard.Tests.Monitoring;

/// <summary>The run of a meter that is recorded by a real writer at an interval of ten seconds.</summary>
internal static class RecordedMeter
{
    public const string Name = "MyCompany.Shop";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // Any meter of the name is recorded, also that of a test of another fixture.
    private static readonly Lock Gate = new();

    public static RunLog Recorded(Action<Meter, ManualClock> measure, MeterRecordingOptions? options = null)
    {
        using Lock.Scope _ = Gate.EnterScope();
        using var directory = new TestDirectory();
        var clock = new ManualClock();
        using (var writer = new SummaryWriter(directory, new SummaryWriterOptions { TimeProvider = clock }))
        using (writer.RecordMeters(Name, Interval, options))
        {
            using var meter = new Meter(Name);
            measure(meter, clock);
        }

        return RunLog.Open(directory);
    }

    public static (long Step, float Value)[] Points(RunLog run, string tag)
    {
        ScalarSeries series = run.Scalars[$"{Name}/{tag}"];
        return [.. series.Select(point => (point.Step, (float)point.Value))];
    }
}
