using TorchBoard.Monitoring;

namespace TorchBoard.Tests.Writing;

/// <summary>Invalid options are rejected when they are set, with their name and value.</summary>
internal sealed class OptionsTests
{
    private static IEnumerable<TestCaseData<string, Action, string>> Refused =>
    [
        Case("FlushInterval", () => _ = new SummaryWriterOptions { FlushInterval = TimeSpan.Zero }, "Timeout.InfiniteTimeSpan"),
        Case("FlushInterval", () => _ = new SummaryWriterOptions { FlushInterval = TimeSpan.FromDays(25) }, "24 days"),
        Case("UnwrittenBytesLimit", () => _ = new SummaryWriterOptions { UnwrittenBytesLimit = (1 << 20) - 1 }, "1048575"),
        Case("WhenFull", () => _ = new SummaryWriterOptions { WhenFull = (WhenFull)7 }, "7"),
        Case("WaitLimit", () => _ = new SummaryWriterOptions { WaitLimit = Timeout.InfiniteTimeSpan }, "greater than zero"),
        Case("FlushTimeout", () => _ = new SummaryWriterOptions { FlushTimeout = TimeSpan.FromSeconds(-5) }, "-00:00:05"),
        Case("FileNameSuffix", () => _ = new SummaryWriterOptions { FileNameSuffix = "a/b" }, "'a/b'"),
        Case("FileNameSuffix", () => _ = new SummaryWriterOptions { FileNameSuffix = null! }, ""),
        Case("TimeProvider", () => _ = new SummaryWriterOptions { TimeProvider = null! }, ""),
        Case("Interval", () => _ = new SystemMonitorOptions { Interval = TimeSpan.FromMilliseconds(99) }, "100 ms"),
        Case("Interval", () => _ = new SystemMonitorOptions { Interval = TimeSpan.FromDays(60) }, "24 days"),
        Case("Prefix", () => _ = new SystemMonitorOptions { Prefix = "" }, ""),
    ];

    [TestCaseSource(nameof(Refused))]
    public void An_invalid_option_is_rejected_by_name(string name, Action set, string says)
    {
        ArgumentException? error = Assert.Catch<ArgumentException>(() => set());
        Assert.That(error!.ParamName, Is.EqualTo(name));
        Assert.That(error.Message, Does.Contain(says));
    }

    private static TestCaseData<string, Action, string> Case(string name, Action set, string says) =>
        new TestCaseData<string, Action, string>(name, set, says).SetArgDisplayNames(name, says);
}
