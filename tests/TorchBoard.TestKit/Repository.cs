namespace TorchBoard.TestKit;

/// <summary>The checkout that contains the tests.</summary>
internal static class Repository
{
    private static readonly string[] Made = ["bin", "obj", "artifacts", "runs", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The source files below a folder, as paths from the root with slashes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        string start = Path.Combine(Root, folder);
        return Directory.Exists(start)
            ? Directory.EnumerateFiles(start, pattern, SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
                .Where(path => !path.Split('/').Any(part => Made.Contains(part) || part is ".git"))
                .Order(StringComparer.Ordinal)
            : [];
    }

    private static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "TorchBoard.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new DirectoryNotFoundException("The tests are not inside a checkout.");
    }
}
