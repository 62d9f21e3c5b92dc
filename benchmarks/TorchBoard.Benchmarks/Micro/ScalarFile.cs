namespace TorchBoard.Benchmarks.Micro;

/// <summary>A file of scalars of 20 tags, deleted at the end.</summary>
internal sealed class ScalarFile : IDisposable
{
    public const int Length = 100_000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("torchboard-benchmark-");

    public ScalarFile(int events)
    {
        using var writer = new SummaryWriter(_directory.FullName);
        Path = writer.FilePath;
        for (int i = 0; i < events; i++)
            writer.AddScalar(Tags[i % Tags.Length], i, i);
    }

    public static string[] Tags { get; } = [.. Enumerable.Range(0, 20).Select(i => $"loss/tag{i:D2}")];

    public string Path { get; }

    public void Dispose() => _directory.Delete(recursive: true);
}
