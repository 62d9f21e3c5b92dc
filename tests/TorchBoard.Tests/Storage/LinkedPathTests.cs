using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Storage;

/// <summary>Paths are resolved as by realpath(3) of POSIX.</summary>
[Platform(Exclude = "Win", Reason = "Links take rights there.")]
internal sealed class LinkedPathTests
{
    private TestDirectory _directory = null!;
    private string _root = "";

    [SetUp]
    public void Create()
    {
        _directory = new TestDirectory();
        Directory.CreateDirectory(Path.Combine(_directory, "real/a/b"));

        // The directory for temporary files is itself a link on macOS.
        _root = LinkedPath.Resolve(_directory);
    }

    [TearDown]
    public void Delete() => _directory.Dispose();

    [Test]
    public void A_path_without_links_is_itself()
    {
        Assert.That(LinkedPath.Resolve("/"), Is.EqualTo("/"));
        Assert.That(Resolve("real/a"), Is.EqualTo("real/a"));
        Assert.That(Resolve("missing/a"), Is.EqualTo("missing/a"));
    }

    [TestCase("real/a", "real/a")]
    [TestCase("./real/./a", "real/a")]
    [TestCase("real//a/", "real/a")]
    [TestCase("real/a/../a/b", "real/a/b")]
    [TestCase("missing", "missing")]
    [TestCase(".", ".")]
    public void A_relative_link_is_relative_to_its_directory(string target, string expected)
    {
        Link("link", target);
        Assert.That(Resolve("link"), Is.EqualTo(expected));
        Assert.That(Resolve("link/c"), Is.EqualTo(expected == "." ? "c" : expected + "/c"));
    }

    [Test]
    public void A_full_link_is_relative_to_nothing()
    {
        Link("real/full", Path.Combine(_root, "real/a"));
        Assert.That(Resolve("real/full/b"), Is.EqualTo("real/a/b"));
        Link("root", "/");
        Assert.That(LinkedPath.Resolve(Path.Combine(_directory, "root")), Is.EqualTo("/"));
        Link("above", "/../..");
        Assert.That(LinkedPath.Resolve(Path.Combine(_directory, "above")), Is.EqualTo("/"));
    }

    [Test]
    public void Two_dots_after_a_link_lead_out_of_its_target()
    {
        Link("deep", "real/a/b");
        Link("above", "deep/..");
        Assert.That(Resolve("above"), Is.EqualTo("real/a"));
        Link("real/a/b/up", "..");
        Assert.That(Resolve("deep/up"), Is.EqualTo("real/a"));
    }

    [Test]
    public void Links_to_links_are_followed()
    {
        Link("link0", "real/a");
        for (int i = 1; i < 40; i++)
            Link($"link{i}", $"link{i - 1}");
        Assert.That(Resolve("link39"), Is.EqualTo("real/a"));
    }

    [Test]
    public void As_many_links_as_Linux_follows_are_followed_in_one_path()
    {
        Link("real/here", ".");
        string path = "real" + string.Concat(Enumerable.Repeat("/here", 40));
        Assert.That(Resolve(path), Is.EqualTo("real"));
        Assert.That(Resolve(path + "/here"), Is.EqualTo("real/here"));
    }

    [Test]
    public void A_loop_of_links_ends()
    {
        Link("one", "other");
        Link("other", "one");
        Link("self", "self/self");
        Assert.That(Resolve("one"), Is.AnyOf("one", "other"));
        Assert.That(Resolve("self"), Does.StartWith("self"));
    }

    private void Link(string path, string target) => Directory.CreateSymbolicLink(Path.Combine(_directory, path), target);

    private string Resolve(string path) => Path.GetRelativePath(_root, LinkedPath.Resolve(Path.Combine(_directory, path)));
}
