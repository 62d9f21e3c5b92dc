using TorchBoard.Imaging;

namespace TorchBoard.Tests.Writing;

/// <summary>A run of steps 0 to 9 that is resumed at 5 and stops after 7 has 8 points of any kind.</summary>
internal sealed class RestartTests
{
    [Test]
    public void Each_kind_of_value_has_the_intended_points_in_the_run_and_its_sub_runs()
    {
        using var directory = new TestDirectory();
        Add(directory, new SummaryWriterOptions(), Enumerable.Range(0, 10));
        Add(directory, new SummaryWriterOptions { PurgeStep = 5 }, Enumerable.Range(5, 3));

        long[] meant = [0, 1, 2, 3, 4, 5, 6, 7];
        using (Assert.EnterMultipleScope())
        {
            foreach (string run in (string[])[directory, Path.Combine(directory, "validation")])
            {
                RunLog log = RunLog.Open(run);
                Assert.That(log.Scalars["x"].Steps.ToArray(), Is.EqualTo(meant), run);
                Assert.That(log.Histograms["h"].Steps.ToArray(), Is.EqualTo(meant), run);
                Assert.That(log.Images["i"].Steps.ToArray(), Is.EqualTo(meant), run);
                Assert.That(log.Text["t"].Steps.ToArray(), Is.EqualTo(meant), run);
            }

            Assert.That(RunLog.Open(Path.Combine(directory, "s_a")).Scalars["s"].Steps.ToArray(), Is.EqualTo(meant));
        }
    }

    private static void Add(string directory, SummaryWriterOptions options, IEnumerable<int> steps)
    {
        using var writer = new SummaryWriter(directory, options);
        using SummaryWriter validation = writer.OpenSubRun("validation");
        foreach (int step in steps)
        {
            writer.AddScalars("s", [("a", step)], step);
            foreach (SummaryWriter run in (SummaryWriter[])[writer, validation])
            {
                run.AddScalar("x", step, step);
                run.AddHistogram("h", [step, step + 1f], step);
                run.AddImage("i", [0f, 1f], step, ImageLayout.Hw, [1, 2]);
                run.AddText("t", "text", step);
            }
        }
    }
}
