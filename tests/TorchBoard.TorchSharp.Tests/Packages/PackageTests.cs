using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace TorchBoard.Tests.Packages;

internal sealed class PackageTests
{
    private const string Version = "0.0.1-packed";

    [Test]
    public void The_package_asks_for_the_TorchBoard_that_it_was_built_with_and_for_the_TorchSharp_that_is_tested()
    {
        DirectoryInfo feed = Directory.CreateTempSubdirectory("torchboard-feed-");
        try
        {
            string configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
            Command.Succeed(
                Repository.Root, "dotnet", "pack", "src/TorchBoard.TorchSharp", "-c", configuration, "--no-build", "-o",
                feed.FullName, $"-p:PackageVersion={Version}");
            using ZipArchive package =
                ZipFile.OpenRead(Path.Combine(feed.FullName, $"TorchBoard.TorchSharp.{Version}.nupkg"));
            using Stream nuspec = package.GetEntry("TorchBoard.TorchSharp.nuspec")!.Open();

            Assert.That(
                XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")
                    .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}"),
                Is.EquivalentTo(new[] { $"TorchBoard [{Version}]", $"TorchSharp {TorchSharpVersion}" }));
        }
        finally
        {
            feed.Delete(recursive: true);
        }
    }

    private static string TorchSharpVersion =>
        typeof(global::TorchSharp.torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
