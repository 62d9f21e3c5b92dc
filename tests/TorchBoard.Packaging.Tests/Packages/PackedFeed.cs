using System.Runtime.InteropServices;

namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>A folder with packages as published, with a version that no feed has.</summary>
internal sealed class PackedFeed : IDisposable
{
    public const string Version = "0.0.1-packed";

    public static readonly string[] Packages =
        [
            "TorchBoard", "TorchBoard.AzureBlobs", "TorchBoard.Extensions.Hosting", "TorchBoard.ImageSharp", "TorchBoard.S3",
            "TorchBoard.Server", "TorchBoard.Testing", "TorchBoard.Tool",
        ];

    private static readonly string Configuration =
        AppContext.BaseDirectory.Replace('\\', '/')
            .Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    private static readonly Lazy<PackedFeed> Shared = new(() =>
    {
        var feed = new PackedFeed();
        Command.Succeed(
            Repository.Root, "dotnet", "pack", "src/Packages.slnf", "-c", Configuration, "--no-build", "-o", feed.Path,
            $"-p:PackageVersion={Version}");
        return feed;
    });

    /// <summary>All packages; packed once for all tests.</summary>
    public static PackedFeed All => Shared.Value;

    /// <summary>Deletes <see cref="All"/> if a test has used it.</summary>
    public static void DeleteAll()
    {
        if (Shared.IsValueCreated)
            Shared.Value.Dispose();
    }

    /// <summary>Packs the tool as released: a package that names the platforms, and native code for this one.</summary>
    public void PackNativeTool()
    {
        // The first names the version of the others by the project's version.
        Command.Succeed(
            Repository.Root, "dotnet", "pack", "src/TorchBoard.Tool", "-c", Configuration, "--no-build", "-o", Path,
            $"-p:Version={Version}", "-p:PlatformPackages=true");
        NativeCompiler.Run(
            "pack", "src/TorchBoard.Tool", "-c", Configuration, "-o", Path, "-r", RuntimeInformation.RuntimeIdentifier,
            $"-p:PackageVersion={Version}", "-p:PlatformPackages=true", "-p:Analyze=false");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("torchboard-feed-").FullName;

    public string File(string package, string extension = "nupkg") =>
        System.IO.Path.Combine(Path, $"{package}.{Version}.{extension}");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
