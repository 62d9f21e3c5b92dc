using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TorchBoard.Packaging.Tests.Documents;

namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>Checks the content of the packages and a user's first steps with them.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Category("Long: packs, restores and builds new projects, half a minute in all")]
internal sealed partial class PackageTests
{
    private static readonly Dictionary<string, string[]> Dependencies = new()
    {
        ["TorchBoard"] = ["Google.Protobuf", "System.IO.Hashing", "System.Numerics.Tensors"],
        ["TorchBoard.AzureBlobs"] = ["Azure.Identity", "Azure.Storage.Blobs", "TorchBoard"],
        ["TorchBoard.Extensions.Hosting"] =
        [
            "Microsoft.Extensions.Configuration.Binder", "Microsoft.Extensions.Diagnostics.HealthChecks",
            "Microsoft.Extensions.Hosting.Abstractions", "TorchBoard",
        ],
        ["TorchBoard.ImageSharp"] = ["SixLabors.ImageSharp", "TorchBoard"],
        ["TorchBoard.S3"] = ["AWSSDK.S3", "AWSSDK.SSO", "AWSSDK.SSOOIDC", "AWSSDK.SecurityToken", "TorchBoard"],
        ["TorchBoard.Server"] = ["Google.Protobuf", "Grpc.AspNetCore.Server", "Markdig", "TorchBoard"],
        ["TorchBoard.Testing"] = ["TorchBoard"],
        ["TorchBoard.Tool"] = [],
    };

    private readonly PackedFeed _feed = PackedFeed.All;

    [Test]
    public void A_package_says_what_it_is_and_brings_what_it_needs(
        [ValueSource(typeof(PackedFeed), nameof(PackedFeed.Packages))] string package)
    {
        using ZipArchive content = ZipFile.OpenRead(_feed.File(package));
        using Stream nuspec = content.GetEntry($"{package}.nuspec")!.Open();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().First();
        XNamespace names = metadata.Name.Namespace;
        string Value(string name) => metadata.Element(names + name)?.Value ?? "";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Value("license"), Is.EqualTo("MIT"));
            Assert.That(Value("readme"), Is.EqualTo("README.md"));
            Assert.That(Value("icon"), Is.EqualTo("icon.png"));
            Assert.That(Value("tags").Split(' '), Has.Length.GreaterThan(4));
            Assert.That(Value("description"), Has.Length.InRange(60, 300));
            Assert.That(content.GetEntry("README.md"), Is.Not.Null);
            Assert.That(content.GetEntry("icon.png")!.Length, Is.LessThan(20_000));
            Assert.That(content.Entries.Any(entry => entry.Name == $"{package}.dll"), "the assembly");
            Assert.That(
                metadata.Descendants(names + "dependency").Select(one => one.Attribute("id")!.Value),
                Is.EquivalentTo(Dependencies[package]));
            if (package != "TorchBoard.Tool")
                Assert.That(content.GetEntry($"lib/net10.0/{package}.xml"), Is.Not.Null, "the documentation");
        }
    }

    [Test]
    public void Each_package_has_symbols(
        [ValueSource(typeof(PackedFeed), nameof(PackedFeed.Packages))] string package)
    {
        using ZipArchive symbols = ZipFile.OpenRead(_feed.File(package, "snupkg"));
        Assert.That(symbols.Entries.Select(entry => entry.Name), Contains.Item($"{package}.pdb"));
    }

    [Test]
    public void The_licenses_of_what_a_package_holds_of_others_are_in_it()
    {
        Assert.That(Notices("TorchBoard"), Does.Contain("DejaVu").And.Contain("Bitstream"));
        Assert.That(
            Notices("TorchBoard.Tool"),
            Does.Contain("Bitstream").And.Contain("Google.Protobuf").And.Contain("Spectre.Console").And.Contain("Parquet.Net")
                .And.Contain("Grpc.AspNetCore.Server").And.Contain("uPlot"));
        Assert.That(Notices("TorchBoard.Server"), Does.Contain("uPlot"));

        using ZipArchive tool = ZipFile.OpenRead(_feed.File("TorchBoard.Tool"));
        string notices = Notices("TorchBoard.Tool");
        Assert.That(
            from entry in tool.Entries
            where entry.Name.EndsWith(".dll", StringComparison.Ordinal)
            let name = Path.GetFileNameWithoutExtension(entry.Name)
            where !name.StartsWith("TorchBoard", StringComparison.Ordinal)
                && !notices.Contains(name, StringComparison.Ordinal)
            select name,
            Is.Empty,
            "assemblies without a license");
    }

    [Test]
    public void The_tool_brings_no_documentation_files()
    {
        using ZipArchive tool = ZipFile.OpenRead(_feed.File("TorchBoard.Tool"));
        Assert.That(
            tool.Entries.Select(entry => entry.Name),
            Has.None.Matches<string>(
                name => name!.EndsWith(".xml", StringComparison.Ordinal)
                    && name is not ("DotnetToolSettings.xml" or "[Content_Types].xml")));
    }

    [Test]
    public void The_ten_lines_of_the_README_run_in_a_new_project_and_the_tool_shows_what_they_wrote()
    {
        using var project = new NewProject(_feed, "first");
        project.AddPackage("TorchBoard");
        project.Reference("TorchBoard.Testing");
        MarkdownBlock[] blocks =
            [.. MarkdownBlock.Of("README.md").Where(block => block.Language == "csharp" && block.NotCompiled is null)];
        MarkdownBlock[] read =
            [.. blocks.Where(block => block.Code.Contains("RunLog.Open(\"runs/first\")") || block.Code.Contains("Curve.Of"))];
        Assert.That(read, Has.Length.EqualTo(2), "one block reads the run, one asserts its curve");
        project.WriteProgram(blocks[0].Code);
        project.Run();

        RunLog run = RunLog.Open(Path.Combine(project.Path, "runs", "first"));
        Assert.That(run.Scalars["loss/train"].Count, Is.GreaterThan(100));

        // Run the tool before the program is changed to read.
        string torchboard = project.InstallTool();
        Assert.That(Command.Succeed(project.Path, torchboard, "list", "runs"), Does.Contain("loss/train"));
        Assert.That(Command.Succeed(project.Path, torchboard, "check", "runs"), Does.Not.Contain("error"));
        foreach (Match line in Asserts().Matches(Repository.Read("README.md")))
        {
            Command.Succeed(
                project.Path, torchboard, "assert", line.Groups["runs"].Value, line.Groups["expectation"].Value);
        }

        project.WriteProgram($"using TorchBoard;\nusing TorchBoard.Testing;\n{read[0].Code}\n{read[1].Code}");
        project.Run();
    }

    [Test]
    public void A_file_without_a_project_runs_with_a_reference_to_the_package()
    {
        using var project = new NewProject(_feed, "file");
        string code = MarkdownBlock.Of("README.md").First(block => block.Language == "csharp").Code;
        project.RunFile($"#:package TorchBoard@{PackedFeed.Version}\n{code}");
        Assert.That(
            RunLog.Open(Path.Combine(project.Path, "runs", "first")).Scalars["loss/train"].Count, Is.GreaterThan(100));
    }

    [Test]
    public void A_program_that_uses_ML_NET_and_MathNet_logs_without_an_ambiguous_name()
    {
        using var project = new NewProject(_feed, "beside");
        project.Reference("TorchBoard");
        project.Reference("Microsoft.ML", "5.0.1");
        project.Reference("MathNet.Numerics", "5.0.0");
        project.WriteProgram(
            """
            using MathNet.Numerics.Statistics;
            using Microsoft.ML.Data;
            using TorchBoard;

            Func<ConfusionMatrix?> theirs = () => null;
            double[] values = [1, 2, 2, 3];
            var histogram = new Histogram(values, nbuckets: 3);
            using (var writer = new SummaryWriter("runs/beside"))
            {
                writer.AddScalar("largest bucket", Enumerable.Range(0, 3).Max(i => histogram[i].Count), step: 0);
                writer.AddHistogram<double>("values", values, step: 0);
            }

            RunLog run = RunLog.Open("runs/beside");
            Console.WriteLine($"{run.Scalars["largest bucket"].Values[0]} {theirs() is null}");
            """);

        Assert.That(project.Run().Trim(), Is.EqualTo("2 True"));
    }

    private string Notices(string package)
    {
        using ZipArchive content = ZipFile.OpenRead(_feed.File(package));
        using var reader = new StreamReader(content.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open());
        return reader.ReadToEnd();
    }

    [GeneratedRegex("""\$ torchboard assert (?<runs>\S+) "(?<expectation>[^"]+)" *$""", RegexOptions.Multiline)]
    private static partial Regex Asserts();
}
