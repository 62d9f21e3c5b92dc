namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>A folder with the packages as published, with a version that no feed has.</summary>
internal sealed class PackedFeed : IDisposable
{
    public const string Version = "0.0.1-packed";

    public static readonly string[] Packages = ["TorchBoard", "TorchBoard.Testing", "TorchBoard.Tool"];

    private static readonly string Configuration =
        AppContext.BaseDirectory.Replace('\\', '/')
            .Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public PackedFeed()
    {
        foreach (string package in Packages)
        {
            Command.Succeed(
                Repository.Root, "dotnet", "pack", $"src/{package}", "-c", Configuration, "--no-build", "-o", Path,
                $"-p:PackageVersion={Version}");
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("torchboard-feed-").FullName;

    public string File(string package, string extension = "nupkg") =>
        System.IO.Path.Combine(Path, $"{package}.{Version}.{extension}");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
