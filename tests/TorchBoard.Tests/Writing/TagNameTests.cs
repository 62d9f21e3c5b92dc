using TorchBoard.Graphs;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Writing;

/// <summary>Names that are valid in event files, but that TensorBoard cannot show.</summary>
internal sealed class TagNameTests
{
    private static readonly string[] Properties =
    [
        "constructor", "__proto__", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf",
        "propertyIsEnumerable", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
    ];

    [TestCaseSource(nameof(Properties))]
    public void A_property_of_every_JavaScript_object_is_no_tag_no_group_and_no_run(string name)
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        foreach (string tag in (string[])[name, $"{name}/loss"])
        {
            for (int repeated = 0; repeated < 2; repeated++)
                Refusal.Of("tag", () => writer.AddScalar(tag, 1, 0), $"'{tag}'", "blank");
            Refusal.Of("tag", () => writer.AddHistogram(tag, [1f], 0), $"'{tag}'", "blank");
            Refusal.Of("tag", () => writer.AddText(tag, "t", 0), $"'{tag}'", "blank");
            Refusal.Of("tag", () => writer.AddMesh(tag, [0f, 0, 0], 0), $"'{tag}'", "blank");
            Refusal.Of("mainTag", () => writer.AddScalars(tag, [("a", 1f)], 0), $"'{tag}'", "blank");
            Refusal.Of("tag", () => writer.AddDeferredScalar(tag, () => 1, 0), $"'{tag}'", "blank");
        }

        Refusal.Of("name", () => writer.OpenSubRun(name), $"'{name}'", "JavaScript");
        foreach (string tag in (string[])[$"loss/{name}", $"{name}s", $"{name}s/{name}", name.ToUpperInvariant()])
            writer.AddScalar(tag, 1, 0);
        writer.OpenSubRun($"trial/{name}").Dispose();
        writer.AddScalars("loss", [(name, 1f)], 0);
    }

    [Test]
    public void A_series_whose_run_would_have_such_a_name_is_refused()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Refusal.Of("series", () => writer.AddScalars("_", [("proto__", 1f)], 0), "__proto__");
    }

    [TestCase("a\"b", "U+0022 at index 1")]
    [TestCase("a\\", "U+005C at index 1")]
    [TestCase("\tb", "U+0009 at index 0")]
    [TestCase("ab\u001F", "U+001F at index 2")]
    public void What_one_of_the_readers_cannot_serve_is_no_tag_of_a_picture_a_clip_or_a_graph(string tag, string place)
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Refusal.Of("tag", () => writer.AddImage(tag, (byte[])[1], 0, ImageLayout.Hw, [1, 1]), place, "400");
        Refusal.Of("tag", () => writer.AddAudio(tag, [0f], 0), place, "400");
        Refusal.Of("tag", () => writer.AddConceptualGraph(tag, [new ModelLayer("fc", "Dense")], 0), place, "400");
        writer.AddScalar(tag, 1, 0);
        writer.AddText(tag + "t", "t", 0);
        writer.AddHistogram(tag + "h", [1f], 0);
    }

    [Test]
    public void A_picture_may_have_any_other_tag()
    {
        using var directory = new TestDirectory();
        string[] tags = ["a/b c", "größe?&#%'", "a\u007Fb", "图"];
        using (var writer = new SummaryWriter(directory))
        {
            foreach (string tag in tags)
                writer.AddImage(tag, (byte[])[1], 0, ImageLayout.Hw, [1, 1]);
        }

        Assert.That(RunLog.Open(directory).Images.Keys, Is.EquivalentTo(tags));
    }
}
