using System.Text.RegularExpressions;

namespace TorchBoard.Packaging.Tests.Sources;

/// <summary>Conventions of this code that no analyzer enforces.</summary>
internal sealed partial class HabitTests
{
    private const int MostLines = 400;

    /// <summary>Files that can be longer, with the reason.</summary>
    private static readonly Dictionary<string, string> MayBeLonger = [];

    private static IEnumerable<string> Sources =>
        Repository.Files("", "*.cs")
            .Concat(Repository.Files("", "*.fs"))
            .Concat(Repository.Files("", "*.py"))
            .Concat(Repository.Files("", "*.proto"));

    private static IEnumerable<string> BuildFiles =>
        Repository.Files("", "*.csproj")
            .Concat(Repository.Files("", "*.fsproj"))
            .Concat(Repository.Files("", "*.props"))
            .Append(".editorconfig");

    [Test]
    public void No_file_is_longer_than_400_lines_without_a_reason()
    {
        string[] sources = [.. Sources];
        Assert.That(sources, Has.Length.GreaterThan(300), "the sources were found");
        IEnumerable<string> tooLong = sources.Where(
            file => !MayBeLonger.ContainsKey(file) && Repository.Read(file).AsSpan().Count('\n') > MostLines);
        Assert.That(tooLong, Is.Empty);
    }

    [Test]
    public void No_warning_is_suppressed_without_a_reason()
    {
        IEnumerable<string> inCode =
            from file in Sources
            where !file.EndsWith("/HabitTests.cs", StringComparison.Ordinal)
            from Match suppression in CodeSuppression().Matches(Repository.Read(file))
            where !Justified().IsMatch(suppression.Value)
            select $"{file}: {suppression.Value.Trim()}";
        IEnumerable<string> inBuild =
            from file in BuildFiles
            let lines = Repository.Read(file).Split('\n')
            from i in Enumerable.Range(1, lines.Length - 1)
            where BuildSuppression().IsMatch(lines[i]) && !HasReason(lines, i)
            select $"{file}: {lines[i].Trim()}";
        Assert.That(inCode.Concat(inBuild), Is.Empty);
    }

    [Test]
    public void Usings_are_sorted_with_those_of_System_first()
    {
        IEnumerable<string> unsorted =
            from file in Repository.Files("", "*.cs")
            let names = Using().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value).ToArray()
            where !names.SequenceEqual(names
                .OrderBy(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal))
                .ThenBy(name => name, StringComparer.OrdinalIgnoreCase))
            select file;
        Assert.That(unsorted, Is.Empty);
    }

    [Test]
    public void Internal_members_are_visible_only_to_tests_and_benchmarks()
    {
        string[] friends =
        [
            .. from file in BuildFiles
               from Match match in Friend().Matches(Repository.Read(file))
               let name = match.Groups[1].Value
               where !IsForTests(name)
               select $"{file}: {name}",
        ];
        Assert.That(BuildFiles.Any(file => Friend().IsMatch(Repository.Read(file))), "the friends were found");
        Assert.That(friends, Is.Empty);

        static bool IsForTests(string name) =>
            Repository.Files("tests", "*.csproj").Concat(Repository.Files("benchmarks", "*.csproj"))
                .Any(file => file.EndsWith($"/{name}.csproj", StringComparison.Ordinal));
    }

    [Test]
    public void No_test_is_skipped_without_a_reason() =>
        Assert.That(Sources.Where(file => IgnoreAttribute().IsMatch(Repository.Read(file))), Is.Empty);

    // A comment before it, or before the adjacent suppressions.
    private static bool HasReason(string[] lines, int at)
    {
        int before = at - 1;
        while (before > 0 && BuildSuppression().IsMatch(lines[before]))
            before--;
        return lines[before].TrimEnd().EndsWith("-->", StringComparison.Ordinal) || lines[before].StartsWith('#');
    }

    [GeneratedRegex(@"^.*(#pragma warning disable|\[(assembly: )?(Unconditional)?SuppressMessage).*$",
        RegexOptions.Multiline)]
    private static partial Regex CodeSuppression();

    [GeneratedRegex(@"<InternalsVisibleTo Include=""([^""]+)""")]
    private static partial Regex Friend();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"// \w+|Justification = ""\w+")]
    private static partial Regex Justified();

    [GeneratedRegex(@"<(NoWarn|WarningsNotAsErrors)>|severity = none")]
    private static partial Regex BuildSuppression();

    [GeneratedRegex(@"^\s*\[(Ignore|Explicit)(?!\("")", RegexOptions.Multiline)]
    private static partial Regex IgnoreAttribute();
}
