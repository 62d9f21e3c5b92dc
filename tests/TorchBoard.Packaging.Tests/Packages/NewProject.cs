namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>A console project in an empty folder, with packages added from a folder.</summary>
internal sealed class NewProject : IDisposable
{
    private readonly PackedFeed _feed;

    public NewProject(PackedFeed feed, string name)
    {
        _feed = feed;
        Path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("torchboard-new-").FullName, name);
        Directory.CreateDirectory(Path);

        // Other packages come from the configured sources. Ours must not enter the machine's cache.
        File.WriteAllText(
            System.IO.Path.Combine(Path, "Directory.Build.props"),
            $"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{feed.Path}</RestoreAdditionalProjectSources>
                <RestoreAdditionalProjectFallbackFolders>{Cache}</RestoreAdditionalProjectFallbackFolders>
                <RestorePackagesPath>{System.IO.Path.Combine(Path, "packages")}</RestorePackagesPath>
                <DefaultItemExcludes>$(DefaultItemExcludes);packages/**</DefaultItemExcludes>
              </PropertyGroup>
            </Project>
            """);
        Command.Succeed(Path, "dotnet", "new", "console", "--no-restore", "--framework", "net10.0");
    }

    public string Path { get; }

    private static string Cache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Adds a package by the command that users type.</summary>
    public void AddPackage(string package) =>
        Command.Succeed(Path, "dotnet", "add", "package", package, "--version", PackedFeed.Version, "--no-restore");

    /// <summary>Adds a package by editing the project, which takes seconds less.</summary>
    public void Reference(string package, string version = PackedFeed.Version)
    {
        string file = Directory.GetFiles(Path, "*.csproj").Single();
        string reference = $"""<ItemGroup><PackageReference Include="{package}" Version="{version}" /></ItemGroup>""";
        File.WriteAllText(file, File.ReadAllText(file).Replace("</Project>", $"{reference}</Project>", StringComparison.Ordinal));
    }

    public void WriteProgram(string code) => File.WriteAllText(System.IO.Path.Combine(Path, "Program.cs"), code);

    public string Run() => Command.Succeed(Path, "dotnet", "run", "-c", "Release");

    /// <summary>Runs a file of C# without the project.</summary>
    public string RunFile(string code)
    {
        string file = System.IO.Path.Combine(Path, "alone", "first.cs");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, code);
        return Command.Succeed(Path, "dotnet", "run", "--file", file);
    }

    /// <summary>Installs the tool into the folder and returns the path of its command.</summary>
    public string InstallTool()
    {
        string tools = System.IO.Path.Combine(Path, "tools");
        Command.Succeed(
            Path, "dotnet", "tool", "install", "TorchBoard.Tool", "--tool-path", tools, "--version", PackedFeed.Version,
            "--source", _feed.Path);
        return System.IO.Path.Combine(tools, OperatingSystem.IsWindows() ? "torchboard.exe" : "torchboard");
    }

    public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
}
