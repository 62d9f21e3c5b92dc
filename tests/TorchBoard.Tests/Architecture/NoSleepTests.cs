namespace TorchBoard.Tests.Architecture;

/// <summary>No test sleeps to wait: a busy machine would make it fail, a fast one would wait in vain.</summary>
internal sealed class NoSleepTests
{
    // In two parts, or this file would be one of those that are sought.
    private static readonly string[] Sleeps = ["Thread." + "Sleep", "Task." + "Delay"];

    [Test]
    public void No_test_waits_for_a_time_to_pass()
    {
        // The soak runs for a time, and slow servers and pages are slow; they are no tests.
        string[] files = [.. Repository.Files("tests", "*.cs")
            .Where(file => !file.StartsWith("tests/TorchBoard.Soak/", StringComparison.Ordinal))
            .Where(file => !file.StartsWith("tests/TorchBoard.Stores.Tests/Servers/", StringComparison.Ordinal))
            .Where(file => file != "tests/TorchBoard.Page.Tests/Slowness.cs")];

        Assert.That(files, Has.Length.GreaterThan(50), "the sources were found");
        Assert.That(files.Where(file => Array.Exists(Sleeps, Repository.Read(file).Contains)), Is.Empty);
    }
}
