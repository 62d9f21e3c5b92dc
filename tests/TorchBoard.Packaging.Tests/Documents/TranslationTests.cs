using System.Text.RegularExpressions;

namespace TorchBoard.Packaging.Tests.Documents;

/// <summary>
/// The Chinese README has the sections of the English one, with the same code, links and calls. A section that links to the
/// English one may be a summary of it.
/// </summary>
internal sealed partial class TranslationTests
{
    private static readonly Section[] English = SectionsOf("README.md");
    private static readonly Section[] Chinese = SectionsOf("README.zh-CN.md");

    [Test]
    public void It_has_the_same_sections()
    {
        Assert.That(English, Has.Length.GreaterThan(8));
        Assert.That(Chinese, Has.Length.EqualTo(English.Length));
        Assert.That(Chinese.Count(section => section.IsSummary), Is.LessThan(4));
    }

    [Test]
    public void Its_summaries_link_to_the_section_that_they_summarize()
    {
        foreach ((Section english, Section chinese) in English.Zip(Chinese).Where(pair => pair.Second.IsSummary))
            Assert.That(chinese.Text, Does.Contain($"(README.md#{english.Anchor})"));
    }

    [Test]
    public void Each_section_has_the_same_code_links_and_calls()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach ((Section english, Section chinese) in English.Zip(Chinese).Where(pair => !pair.Second.IsSummary))
            {
                Assert.That(chinese.Blocks, Is.EqualTo(english.Blocks), english.Title);
                Assert.That(chinese.Links, Is.EquivalentTo(english.Links), english.Title);
                Assert.That(chinese.Rows, Is.EqualTo(english.Rows), english.Title);
                Assert.That(chinese.Calls, Is.EquivalentTo(english.Calls), english.Title);
            }
        }
    }

    private static Section[] SectionsOf(string document) =>
    [
        .. Heading().Split(Repository.Read(document).ReplaceLineEndings("\n")).Select(text => new Section(text)),
    ];

    [GeneratedRegex(@"^## ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?!README)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <param name="Text">The section from its title on.</param>
    private sealed record Section(string Text)
    {
        public string Title => Text.Split('\n')[0];

        public string Anchor => Title.Trim().ToLowerInvariant().Replace(' ', '-');

        public bool IsSummary => Text.Contains("(README.md#", StringComparison.Ordinal);

        public string[] Blocks => [.. Block().Matches(Text).Select(block => block.Value)];

        public string[] Links => [.. Link().Matches(Text).Select(link => link.Groups[1].Value)];

        public int Rows => Row().Count(Prose);

        /// <summary>The code within the text.</summary>
        public string[] Calls => [.. Code().Matches(Prose).Select(code => code.Groups[1].Value)];

        private string Prose => Block().Replace(Text, "");
    }
}
