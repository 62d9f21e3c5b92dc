using System.Text.RegularExpressions;

namespace TorchBoard.Tests.Documentation;

/// <summary>What the README of examples/SeeingModels shows is what the example does.</summary>
internal sealed partial class SeeingModelsTests
{
    private const string Example = "examples/SeeingModels";
    private const long MostPictureBytes = 1_500_000;
    private const int MostLines = 80;

    private static readonly string Document = Repository.Read($"{Example}/README.md").ReplaceLineEndings("\n");

    private static readonly string[] Sources = [.. Repository.Files(Example, "*.cs")];

    private static IEnumerable<TestCaseData> Sections =>
        Document.Split("\n## ").Skip(1)
            .Select(text => new Section(text.Split('\n')[0], text))
            .Where(section => section.Blocks.Length > 0)
            .Select(section => new TestCaseData(section).SetArgDisplayNames(section.Title));

    [TestCaseSource(nameof(Sections))]
    public void Each_line_of_code_stands_in_the_file_that_its_section_names(Section section)
    {
        string[] source = Lines(Repository.Read($"{Example}/{section.File}"));
        foreach (string[] block in section.Blocks)
        {
            int at = Array.IndexOf(source, block[0]);
            Assert.That(at, Is.Not.Negative, $"'{block[0]}' is not in {section.File}.");
            Assert.That(source.Skip(at).Take(block.Length), Is.EqualTo(block));
        }
    }

    [Test]
    public void Each_technique_has_a_section_and_each_picture_a_file()
    {
        string[] techniques = [.. Repository.Files($"{Example}/Techniques", "*.cs")];
        Assert.That(techniques, Has.Length.GreaterThan(12));
        Assert.That(
            techniques.Where(path => !Document.Contains($"({path[(Example.Length + 1)..]})", StringComparison.Ordinal)),
            Is.Empty);

        string[] shown = [.. Picture().Matches(Document).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        string[] there =
            [.. Repository.Files($"{Example}/pictures", "*.png").Select(path => path[(Example.Length + 1)..])];
        Assert.That(shown.Distinct(), Is.EqualTo(there));
        Assert.That(
            there.Sum(path => new FileInfo(Path.Combine(Repository.Root, Example, path)).Length),
            Is.LessThan(MostPictureBytes));
    }

    [Test]
    public void Each_file_is_short_enough_to_be_copied() =>
        Assert.That(
            Sources.Where(path => !path.EndsWith("/Program.cs", StringComparison.Ordinal)
                && Repository.Read(path).Split('\n').Length > MostLines),
            Is.Empty);

    private static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())];

    [GeneratedRegex(@"!\[[^\]]*\]\((pictures/[^)]+)\)")]
    private static partial Regex Picture();

    [GeneratedRegex("```cs\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\(((?:Techniques|Models)/\w+\.cs)\)")]
    private static partial Regex Source();

    /// <summary>A part of the document below one heading.</summary>
    internal sealed record Section(string Title, string Text)
    {
        public string File => Source().Match(Text).Groups[1].Value;

        public string[][] Blocks => [.. Block().Matches(Text).Select(match => Lines(match.Groups[1].Value))];
    }
}
