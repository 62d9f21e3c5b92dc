namespace TorchBoard.Tests.Architecture;

/// <summary>No test sleeps to wait: a busy machine would make it fail, a fast one would wait in vain.</summary>
internal sealed class NoSleepTests
{
    // In two parts, or this file would be one of those that are sought.
    private static readonly string[] Sleeps = ["Thread." + "Sleep", "Task." + "Delay"];

    [Test]
    public void No_test_waits_for_a_time_to_pass()
    {
        string? root = TestContext.CurrentContext.TestDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "TorchBoard.sln")))
            root = Path.GetDirectoryName(root);
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(root!, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))];

        Assert.That(files, Has.Length.GreaterThan(50), "the sources were found");
        Assert.That(
            files.Where(file => Array.Exists(Sleeps, File.ReadAllText(file).Contains)), Is.Empty);
    }
}
