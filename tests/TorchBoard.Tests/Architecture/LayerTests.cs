using System.Text.RegularExpressions;

namespace TorchBoard.Tests.Architecture;

/// <summary>
/// Holds the arrows between the layers: what each folder of the library may use. A folder that is not named here,
/// or a use that is not, fails.
/// </summary>
internal sealed partial class LayerTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        [""] =
        [
            "Audio", "Embeddings", "Events", "Figures", "Files", "Graphs", "Histograms", "Imaging", "Interpretation",
            "Meshes", "Metrics", "Monitoring", "Panels", "Pipeline", "Protos", "Reading", "Summaries",
        ],

        // Down.
        ["Summaries"] = ["Audio", "Events", "Graphs", "Histograms", "Imaging", "Meshes", "Metrics", "Protos"],
        ["Events"] = ["Pipeline", "Protos", "Records"],
        ["Records"] = [],
        ["Pipeline"] = ["Files"],
        ["Files"] = [],

        // Up.
        ["Reading"] = ["Events", "Files", "Protos", "Records", "Summaries"],

        // Above figures and pictures.
        ["Panels"] = ["Figures", "Imaging", "Interpretation"],

        // Leaves.
        ["Audio"] = [],
        ["CustomScalars"] = ["Events"],
        ["Embeddings"] = ["Imaging"],
        ["Figures"] = ["Imaging"],
        ["Graphs"] = ["Protos"],
        ["Histograms"] = [],
        ["Hyperparameters"] = [],
        ["Imaging"] = [],
        ["Interpretation"] = [],
        ["Monitoring"] = ["Events"],
        ["Meshes"] = [],
        ["Metrics"] = [],
    };

    private static IEnumerable<string> SourceFiles =>
        Directory.EnumerateFiles(LibrarySource, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(LibrarySource, path))
            .Where(path => !path.StartsWith("obj", StringComparison.Ordinal)
                && !path.StartsWith("bin", StringComparison.Ordinal));

    private static string LibrarySource
    {
        get
        {
            string? directory = TestContext.CurrentContext.TestDirectory;
            while (directory is not null && !File.Exists(Path.Combine(directory, "TorchBoard.sln")))
                directory = Path.GetDirectoryName(directory);
            return Path.Combine(directory!, "src", "TorchBoard");
        }
    }

    [Test]
    public void Each_layer_uses_only_what_it_may_know()
    {
        string[] files = [.. SourceFiles];
        Assert.That(files, Has.Length.GreaterThan(20), "the sources were found");
        using (Assert.EnterMultipleScope())
        {
            foreach (string file in files)
            {
                string layer = LayerOf(file);
                Assert.That(MayUse, Contains.Key(layer), file);
                foreach (Match use in Uses().Matches(File.ReadAllText(Path.Combine(LibrarySource, file))))
                {
                    string used = use.Groups[1].Value;
                    if (used != layer && MayUse.TryGetValue(layer, out string[]? allowed))
                        Assert.That(allowed, Contains.Item(used), $"{file} uses TorchBoard.{used}");
                }
            }
        }
    }

    private static string LayerOf(string file)
    {
        string[] parts = file.Split(Path.DirectorySeparatorChar);
        return parts.Length == 1 ? "" : parts[0];
    }

    [GeneratedRegex(@"\bTorchBoard\.([A-Z][A-Za-z]+)")]
    private static partial Regex Uses();
}
