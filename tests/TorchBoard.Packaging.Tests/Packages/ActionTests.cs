using YamlDotNet.RepresentationModel;

namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>The action for GitHub, whose scripts run here with the packed tool.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[NonParallelizable]
[Platform(Exclude = "Win")]
internal sealed class ActionTests : IDisposable
{
    private const string Tag = "v" + PackedFeed.Version;

    private readonly PackedFeed _feed = PackedFeed.All;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("torchboard-action-");

    private string Workspace => Path.Combine(_directory.FullName, "work space");

    private string Temporary => Path.Combine(_directory.FullName, "temp");

    public void Dispose() => _directory.Delete(recursive: true);

    [OneTimeSetUp]
    public void WriteRuns()
    {
        foreach (string run in (string[])["runs/a", "baseline/a", "baseline/b"])
        {
            using var writer = new SummaryWriter(Path.Combine(Workspace, run));
            for (int step = 0; step < 100; step++)
                writer.AddScalar("loss", 1f / (step + 1), step);
        }

        // An SDK that nobody has: the scripts must not depend on the workspace.
        File.WriteAllText(Path.Combine(Workspace, "global.json"), """{ "sdk": { "version": "1.0.0", "rollForward": "disable" } }""");
    }

    [SetUp]
    public void PrepareRunner()
    {
        if (Directory.Exists(Temporary))
        {
            foreach (string file in Directory.GetFiles(Temporary))
                File.Delete(file);
        }

        Directory.CreateDirectory(Temporary);
        File.WriteAllText(
            Path.Combine(Temporary, "NuGet.config"),
            $"""<configuration><packageSources><clear /><add key="packed" value="{_feed.Path}" /></packageSources></configuration>""");
    }

    [Test]
    public void A_directory_and_expectations_are_enough()
    {
        var action = new ActionRun(Workspace, Temporary);
        int code = action.Run(Tag, ("directory", "runs"), ("expectations", "# what it learns\nloss: decreases\nloss: ends < 0.1, no-nan\n"));
        Assert.That(code, Is.Zero, action.Log);
        Assert.That(action.Summary, Does.Contain("✅ All 3 expectations are met.").And.Contain("```mermaid\n"));
        Assert.That(File.ReadAllText(action.Output("junit")), Does.Contain("tests=\"3\""));
    }

    [Test]
    public void A_curve_that_fails_fails_the_job_and_is_annotated()
    {
        var action = new ActionRun(Workspace, Temporary);
        int code = action.Run("main", ("directory", "runs"), ("expectations", "loss: ends < 0.001"), ("junit", "curves.xml"), ("version", PackedFeed.Version));
        Assert.That(code, Is.EqualTo(1), action.Log);
        Assert.That(action.Log, Does.Contain("::error title=loss%3A ends < 0.001::Expected: loss ends below 0.001%0A"));
        Assert.That(action.Summary, Does.Contain("### ❌ loss"));
        Assert.That(File.Exists(Path.Combine(Workspace, "curves.xml")), Is.True);
    }

    [Test]
    public void Runs_are_compared_with_a_baseline()
    {
        (string, string)[] inputs = [("directory", "runs"), ("baseline", "baseline"), ("tolerance", "1%")];
        var action = new ActionRun(Workspace, Temporary);
        Assert.That(action.Run(Tag, inputs), Is.EqualTo(1), "the runs lack one of the baseline");
        Assert.That(action.Run(Tag, [.. inputs, ("allow-missing", "runs")]), Is.Zero, action.Log);
    }

    [Test]
    public void No_input_is_a_command()
    {
        const string hostile = "--help $(touch hit) `touch hit` \"; touch hit; ' # \n x";
        (string, string)[] inputs = [("directory", "runs"), ("expectations", "loss: decreases"), ("baseline", "baseline"), ("tolerance", "1%")];
        new ActionRun(Workspace, Temporary).Run(Tag, inputs);
        foreach (string input in ActionRun.Inputs().Where(input => input is not ("version" or "junit")))
        {
            // The other steps do not get these inputs.
            var action = new ActionRun(Workspace, Temporary);
            int code = action.Run(Tag, step => step == "Assert", [.. inputs, (input, hostile)]);
            Assert.That(code, Is.EqualTo(2), $"{input}\n{action.Log}");
            Assert.That(File.Exists(Path.Combine(Workspace, "hit")), Is.False, input);
        }
    }

    [Test]
    public void Scripts_contain_no_expressions_and_actions_are_pinned()
    {
        foreach (YamlMappingNode step in ActionRun.Steps())
        {
            if (step.Children.TryGetValue("run", out YamlNode? script))
                Assert.That(script.ToString(), Does.Not.Contain("${{"));
            else
                Assert.That(step.Children["uses"].ToString(), Does.Match("@[0-9a-f]{40}$"));
        }
    }
}
