namespace TorchBoard.Tool.Tests;

/// <summary>A fixture with its own directory of runs.</summary>
internal abstract class RunsFixture
{
    protected string Root { get; private set; } = "";

    protected string Runs => Path.Combine(Root, "runs");

    [SetUp]
    public void MakeDirectory() => Root = Directory.CreateTempSubdirectory("torchboard-tool-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(Root, recursive: true);

    protected string At(params string[] names) => Path.Combine([Root, .. names]);

    /// <summary>Writes a run of one curve, by default falling from 1 to 0.01.</summary>
    protected string WriteRun(string name, string tag = "loss", Func<int, double>? value = null, int count = 100)
    {
        string path = Path.Combine(Runs, name);
        using var writer = new SummaryWriter(path);
        for (int step = 0; step < count; step++)
            writer.AddScalar(tag, (float)(value?.Invoke(step) ?? 1.0 / (step + 1)), step);
        return path;
    }

    protected static string OnlyFile(string directory) => Directory.GetFiles(directory, "*tfevents*").Single();
}
