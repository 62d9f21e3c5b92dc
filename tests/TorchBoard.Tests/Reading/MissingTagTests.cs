namespace TorchBoard.Tests.Reading;

/// <summary>The exception for a tag that does not exist says what was searched.</summary>
internal sealed class MissingTagTests
{
    [Test]
    public void Each_kind_has_its_name()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(Path.Combine(directory, "first")))
            writer.AddScalar("loss", 1, 0);
        RunLog run = RunLog.Open(Path.Combine(directory, "first"));

        (string What, Func<object?> Get)[] kinds =
        [
            ("histogram tags", () => run.Histograms["x"]), ("image tags", () => run.Images["x"]),
            ("audio tags", () => run.Audio["x"]), ("text tags", () => run.Text["x"]),
            ("PR curve tags", () => run.PrCurves["x"]), ("tensor tags", () => run.Tensors["x"]),
            ("mesh tags", () => run.MeshParts["x"]), ("meshes", () => run.Meshes["x"]),
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach ((string what, Func<object?> get) in kinds)
            {
                Assert.That(
                    () => get(),
                    Throws.TypeOf<KeyNotFoundException>().With.Message.EqualTo(
                        $"'x' was not found: there are no {what} in run 'first'."));
            }

            Assert.That(
                () => run.Tags["lose"],
                Throws.TypeOf<KeyNotFoundException>().With.Message.EqualTo(
                    "'lose' was not found among the 1 tags in run 'first'; that is the only one: 'loss'."));
            Assert.That(
                () => LogDirectory.Open(directory).Runs["second"],
                Throws.TypeOf<KeyNotFoundException>().With.Message.EqualTo(
                    $"'second' was not found among the 1 runs in '{directory.Path}'; that is the only one: 'first'."));
        }
    }
}
