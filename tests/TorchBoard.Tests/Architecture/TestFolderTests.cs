using System.Text.RegularExpressions;

namespace TorchBoard.Tests.Architecture;

/// <summary>The folders of tests mirror those of the code.</summary>
internal sealed partial class TestFolderTests
{
    private const string Library = "src/TorchBoard";
    private const string Tests = "tests/TorchBoard.Tests";

    /// <summary>Folders of tests of more than one layer.</summary>
    private static readonly string[] Others =
    [
        "Architecture", "Documentation", "Faults", "Properties", "TestData",
    ];

    [Test]
    public void Each_folder_of_tests_is_a_folder_of_the_library()
    {
        string[] folders = [.. Folders(Tests, "*")];
        Assert.That(folders, Has.Length.GreaterThan(10), "the tests were found");
        Assert.That(folders.Except(Others), Is.SubsetOf(Folders(Library, "*.cs")));
    }

    [TestCase("TorchBoard.Server")]
    [TestCase("TorchBoard.Testing")]
    [TestCase("TorchBoard.Tool")]
    public void Each_folder_of_tests_is_a_folder_of_the_package(string package)
    {
        string[] folders = [.. Folders($"tests/{package}.Tests", "*.cs")];
        Assert.That(folders, Is.Not.Empty, "the tests were found");
        Assert.That(folders, Is.SubsetOf(Folders($"src/{package}", "*.cs")));
    }

    [Test]
    public void The_namespace_of_each_test_is_its_folder()
    {
        string[] strays = [.. Repository.Files(Tests, "*Tests.cs")
            .Where(file => file.AsSpan(Tests.Length + 1).Contains('/'))
            .Where(file => !Repository.Read(file).Contains(
                $"namespace TorchBoard.Tests.{FolderOf(file, Tests)}", StringComparison.Ordinal))];

        Assert.That(strays, Is.Empty, "filters by folder would miss them");
    }

    [Test]
    public void What_uses_vector_instructions_or_the_local_time_is_tested_without_them_as_well()
    {
        string[] tested = FoldersOfSecondPass().Match(Repository.Read(".ci/test")).Groups[1].Value
            .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        string[] dependent = [.. Repository.Files(Library, "*.cs")
            .Where(file => DependsOnMachine().IsMatch(Repository.Read(file)))
            .Select(file => FolderOf(file, Library)).Distinct()];

        Assert.That(dependent, Contains.Item("Records").And.Contains("Histograms"), "the sources were found");
        // Numerics is tested by the explanations that use it, Drawing by figures.
        Assert.That(dependent.Except(["Drawing", "Numerics"]), Is.SubsetOf(tested));
        Assert.That(tested, Is.SubsetOf(Others.Union(Folders(Library, "*.cs"))));
    }

    private static IEnumerable<string> Folders(string root, string pattern) =>
        Repository.Files(root, pattern)
            .Where(file => file.AsSpan(root.Length + 1).Contains('/'))
            .Select(file => FolderOf(file, root))
            .Distinct();

    private static string FolderOf(string file, string root) =>
        file[(root.Length + 1)..].Split('/') is [string folder, _, ..] ? folder : "Writing";

    [GeneratedRegex(@"\bVector<|\bVector\d+\b|\bTensorPrimitives\b|\bBitOperations\.Crc32C\b|\bGetLocalNow\b")]
    private static partial Regex DependsOnMachine();

    [GeneratedRegex("""folders="([^"]+)""")]
    private static partial Regex FoldersOfSecondPass();
}
