using System.Reflection;

namespace TorchBoard.Tests.Architecture;

/// <summary>
/// Holds the arrows between the layers: which folders of the library the types of a folder may use, as they were
/// compiled. A folder that is not named here, or a use that is not, fails.
/// </summary>
internal sealed class LayerTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        // Down.
        ["Writing"] =
        [
            "Audio", "CustomScalars", "Drawing", "Embeddings", "Events", "Figures", "Graphs", "Histograms", "Hyperparameters",
            "Imaging", "Interpretation", "Meshes", "Metrics", "Monitoring", "Numerics", "Panels", "Pipeline", "Plugins",
            "Provenance", "Reports", "Storage", "Uploading", "Values",
        ],
        ["Uploading"] = ["Events", "Storage"],

        // Up.
        ["Reading"] =
        [
            "Events", "Graphs", "Histograms", "Plugins", "Records", "Scanning", "Storage", "Values",
        ],
        ["Scanning"] = ["Events", "Plugins", "Records", "Values"],
        ["Indexing"] =
        [
            "Events", "Graphs", "Histograms", "Plugins", "Reading", "Records", "Scanning", "Storage", "Values",
        ],

        // Both ways.
        ["Plugins"] =
        [
            "Audio", "CustomScalars", "Drawing", "Events", "Graphs", "Histograms", "Hyperparameters", "Imaging", "Meshes",
            "Values",
        ],
        ["Events"] = ["Pipeline", "Records", "Values"],
        ["Records"] = ["Storage"],
        ["Pipeline"] = ["Storage"],
        ["Storage"] = [],
        ["Values"] = ["Hyperparameters"],

        // Above figures and pictures.
        ["Panels"] = ["Drawing", "Figures", "Imaging", "Interpretation"],

        // Leaves.
        ["Audio"] = ["Numerics"],
        ["CustomScalars"] = ["Values"],
        ["Drawing"] = ["Reports"],
        ["Embeddings"] = ["Drawing", "Imaging"],
        ["Figures"] = ["Drawing", "Histograms", "Imaging", "Interpretation", "Metrics"],
        ["Graphs"] = ["Values"],
        ["Histograms"] = [],
        ["Hyperparameters"] = [],
        ["Imaging"] = ["Drawing", "Numerics"],
        ["Interpretation"] = ["Imaging", "Numerics"],
        ["Meshes"] = ["Drawing"],
        ["Metrics"] = [],
        ["Monitoring"] = ["Histograms", "Values"],
        ["Numerics"] = [],
        ["Provenance"] = ["Monitoring"],
        ["Reports"] = [],
    };

    // Found once, because each test takes seconds to find them.
    private static readonly Lazy<Dictionary<Type, string>> Found = new(Find);

    private static readonly Lazy<Dictionary<Type, (Type Used, string By)[]>> Uses =
        new(() => Folders().Keys.ToDictionary(type => type, type => CompiledUses.Of(type).ToArray()));

    private static Assembly Library => typeof(SummaryWriter).Assembly;

    [Test]
    public void Each_layer_uses_only_what_it_may_know()
    {
        Dictionary<Type, string> folders = Folders();
        Assert.That(folders, Has.Count.GreaterThan(200), "the symbols were read");
        using (Assert.EnterMultipleScope())
        {
            foreach ((Type type, string folder) in folders)
            {
                Assert.That(MayUse, Contains.Key(folder), type.Name);
                IEnumerable<string> forbidden =
                    from use in Uses.Value[type]
                    where folders.TryGetValue(use.Used, out string? used) && used != folder
                        && !MayUse[folder].Contains(used)
                    select $"{use.By} uses {use.Used.Name} of {folders[use.Used]}";
                Assert.That(forbidden.Distinct(), Is.Empty, folder);
            }
        }
    }

    [Test]
    public void No_arrow_is_allowed_that_nobody_needs()
    {
        Dictionary<Type, string> folders = Folders();
        HashSet<(string, string)> needed =
        [
            .. from type in folders.Keys
               from use in Uses.Value[type]
               where folders.ContainsKey(use.Used)
               select (folders[type], folders[use.Used]),
        ];

        Assert.That(
            from layer in MayUse
            from used in layer.Value
            where !needed.Contains((layer.Key, used))
            select $"{layer.Key} → {used}",
            Is.Empty);
    }

    [Test]
    public void Namespaces_follow_folders_except_that_writer_reader_and_their_values_are_TorchBoard()
    {
        string[] inTheRoot = ["Writing", "Reading", "Storage", "Uploading", "Values"];
        using (Assert.EnterMultipleScope())
        {
            foreach ((Type type, string folder) in Folders())
            {
                bool isInTheRoot = inTheRoot.Contains(folder) && type.Namespace == nameof(TorchBoard);
                Assert.That(isInTheRoot || !inTheRoot.Contains(folder) || !type.IsPublic, type.Name);
                if (!isInTheRoot)
                    Assert.That($"{type.Namespace}.", Does.StartWith($"{nameof(TorchBoard)}.{folder}."), type.Name);
            }
        }
    }

    [Test]
    public void No_two_layers_use_each_other()
    {
        var above = new Stack<string>();
        foreach (string layer in MayUse.Keys)
            Visit(layer);

        void Visit(string layer)
        {
            Assert.That(above, Does.Not.Contain(layer), string.Join(" ← ", above));
            above.Push(layer);
            foreach (string used in MayUse[layer])
                Visit(used);
            above.Pop();
        }
    }

    private static Dictionary<Type, string> Folders() => Found.Value;

    private static Dictionary<Type, string> Find()
    {
        using var sources = new SourceFolders(Library, "src/TorchBoard");
        return Library.GetTypes()
            .Where(type => type.DeclaringType is null)
            .Select(type => (type, Folder: sources.Of(type)))
            .Where(entry => entry.Folder is not null)
            .ToDictionary(entry => entry.type, entry => entry.Folder!);
    }
}
