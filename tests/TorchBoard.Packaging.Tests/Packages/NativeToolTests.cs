using TorchBoard.Imaging;

namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>The tool that users install is native code, and answers as the portable one.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Category("Publishing")]
[Explicit("Compiling the tool takes a minute; .ci/native runs this.")]
internal sealed class NativeToolTests : IDisposable
{
    private static readonly string[][] Commands =
    [
        ["list", "runs", "--json"],
        ["list", "runs"],
        ["show", "runs", "--json"],
        ["show", "runs", "*"],
        ["check", "runs", "--json"],
        ["assert", "runs", "loss: decreases, ends < 0.1", "--json"],
        ["compare", "runs/a", "runs/b", "--json"],
        ["export", "runs", "--format", "json"],
        ["export", "runs", "--format", "jsonl"],
        ["export", "runs", "--format", "csv"],
        ["export", "runs", "--wide", "--columns", "run,step,relative,date"],
        ["export", "runs", "--kind", "histograms"],
        ["export", "runs", "--kind", "pr_curves"],
        ["export", "runs", "--kind", "hyperparameters"],
        ["export", "runs", "--kind", "meshes", "--format", "jsonl"],
        ["export", "runs", "--format", "files", "--output", "exported/files", "--json"],
        ["export", "runs", "--format", "parquet", "--output", "exported/data", "--json"],
        ["average", "runs", "--tag", "loss", "--output", "mean"],
        ["repair", "runs", "--output", "repaired", "--json"],
        ["merge", "runs", "--output", "merged", "--json"],
        ["remove", "runs", "loss", "--output", "removed", "--json"],
        ["watch", "runs", "--once", "--json"],
        ["list", "s3://"],
        ["sync", "runs", "s3://bucket/../runs"],
        ["show", "runs", "no such tag"],
        ["--help"],
    ];

    private readonly PackedFeed _feed = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("torchboard-native-tool-");

    public void Dispose()
    {
        _feed.Dispose();
        _directory.Delete(recursive: true);
    }

    [Test]
    public void The_installed_tool_is_native_code_and_answers_as_the_portable_one()
    {
        _feed.PackNativeTool();
        using var project = new NewProject(_feed, "tool");
        string native = project.InstallTool();
        string portable = Path.Combine(AppContext.BaseDirectory, "TorchBoard.Tool.dll");
        string[] installed = Directory.GetFiles(project.Path, "*.dll", SearchOption.AllDirectories);
        Assert.That(installed, Is.Empty, "managed code");

        WriteRuns(Path.Combine(_directory.FullName, "native", "runs"));
        CopyRuns("native", "portable");
        using (Assert.EnterMultipleScope())
        {
            foreach (string[] command in Commands)
            {
                Command expected = Run("portable", "dotnet", [portable, .. command]);
                Command actual = Run("native", native, command);
                string line = string.Join(' ', command);
                Assert.That(actual.ExitCode, Is.EqualTo(expected.ExitCode), line);
                Assert.That(actual.Output, Is.EqualTo(expected.Output), line);
                Assert.That(actual.Output, Is.Not.Empty, line);
            }

            string[] report = ["report", "runs", "--output", "exported/report.html"];
            Assert.That(Run("native", native, report).ExitCode, Is.Zero);
            Assert.That(Run("portable", "dotnet", [portable, .. report]).ExitCode, Is.Zero);
            Assert.That(Exported("native"), Is.EqualTo(Exported("portable")));
        }
    }

    private IEnumerable<(string Path, string Content)> Exported(string folder)
    {
        string directory = Path.Combine(_directory.FullName, folder, "exported");
        return Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(directory, file), Convert.ToHexString(File.ReadAllBytes(file))));
    }

    // Full paths in the output differ only in the folder.
    private Command Run(string folder, string program, string[] arguments)
    {
        string directory = Path.Combine(_directory.FullName, folder);
        Command command = Command.Run(directory, program, arguments);
        return command with { Output = command.Output.Replace(directory, "", StringComparison.Ordinal) };
    }

    private void CopyRuns(string from, string to)
    {
        string source = Path.Combine(_directory.FullName, from);
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_directory.FullName, to, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static void WriteRuns(string directory)
    {
        foreach (string name in (string[])["a", "b"])
        {
            using var writer = new SummaryWriter(Path.Combine(directory, name));
            for (int step = 0; step < 100; step++)
                writer.AddScalar("loss", 1f / (step + 1), step);
            writer.AddScalar("nan", double.NaN, 0);
            writer.AddHistogram<float>("weights", [-1, 0, 0.5f, 2], 0);
            writer.AddImage("picture", [0, 64, 128, 255], 1, ImageLayout.Hw, [2, 2]);
            writer.AddAudio("tone", [0, 0.5f, 0, -0.5f], 0, sampleRate: 8000);
            writer.AddText("note", "**bold**", 2);
            writer.AddPrCurve("curve", [true, false], [0.9f, 0.1f], 0);
            writer.AddMesh("cloud", [0f, 0, 0, 1, 1, 1], 0);
            writer.AddTensor<double>("tensor", [1, double.PositiveInfinity], 0, [2]);
            writer.AddHyperparameters([("lr", 0.1), ("optimizer", "adam"), ("nesterov", true)]);
        }
    }
}
