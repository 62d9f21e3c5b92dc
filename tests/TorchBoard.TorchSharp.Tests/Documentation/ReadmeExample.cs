namespace TorchBoard.Tests.Documentation;

/// <summary>A block of code in the package's README that a test repeats, so that it is compiled and run.</summary>
internal static class ReadmeExample
{
    /// <summary>Asserts that the first block after a line of the README is in a test.</summary>
    /// <param name="section">The line, such as a heading.</param>
    /// <param name="test">The file name of the test.</param>
    public static void IsIn(string section, string test)
    {
        string[] shown =
            [.. Lines("src/TorchBoard.TorchSharp/README.md").SkipWhile(line => line != section)
                .SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```")];
        IEnumerable<string> compiled = Lines($"tests/TorchBoard.TorchSharp.Tests/Documentation/{test}")
            .SkipWhile(line => line != shown[0]).Take(shown.Length);
        Assert.That(shown, Has.Length.GreaterThan(5));
        Assert.That(compiled, Is.EqualTo(shown));
    }

    private static IEnumerable<string> Lines(string path) =>
        Repository.Read(path).Split('\n').Select(line => line.Trim());
}
