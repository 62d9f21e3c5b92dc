using System.Runtime.CompilerServices;

namespace TorchBoard.TestKit;

/// <summary>A test's own directory, deleted with its content.</summary>
internal sealed class TestDirectory : IDisposable
{
    public TestDirectory([CallerMemberName] string test = "")
    {
        Path = Directory.CreateTempSubdirectory($"torchboard-{test[..Math.Min(test.Length, 40)]}-").FullName;
    }

    public string Path { get; }

    public static implicit operator string(TestDirectory directory) => directory.Path;

    public string[] EventFiles() =>
        [.. Directory.EnumerateFiles(Path, "*tfevents*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
