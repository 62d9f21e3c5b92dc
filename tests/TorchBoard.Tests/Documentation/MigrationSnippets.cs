using TorchBoard.CustomScalars;
using TorchBoard.Embeddings;
using TorchBoard.Figures;
using TorchBoard.Graphs;
using TorchBoard.Histograms;
using TorchBoard.Hyperparameters;
using TorchBoard.Imaging;
using TorchBoard.Meshes;
using TorchBoard.Panels;

namespace TorchBoard.Tests.Documentation;

/// <summary>The calls of MIGRATION.md, made once each on real data.</summary>
internal sealed class MigrationSnippets
{
    [Test]
    public void Each_call_of_the_migration_table_is_made_and_read_back()
    {
        using var directory = new TestDirectory();
        (float a, float b, long step, int h, int w, int n, int t) = (1, 2, 3, 4, 5, 2, 3);
        float[] pixels = new float[3 * h * w];
        float[] batch = new float[n * 3 * h * w];
        float[] frames = new float[n * t * 3 * h * w];
        float[] vertices = [0, 0, 0, 1, 0, 0, 0, 1, 0];
        byte[] png = TorchBoard.Imaging.PngEncoder.Encode(new TorchBoard.Drawing.Raster(2, 2, 1));

        var options = new SummaryWriterOptions { PurgeStep = 0, FileNameSuffix = ".x" };
        using (var writer = new SummaryWriter(directory, options))
        {
            writer.AddScalar("scalar", a, step);
            writer.AddMetrics([("loss", a), ("accuracy", b)], step);
            writer.AddScalars("scalars", [("train", a), ("test", b)], step);
            writer.AddHistogram("histogram", pixels, step);
            writer.AddHistogram<float>("auto", pixels, step, HistogramBins.Auto);
            writer.AddHistogram<float>("equal", pixels, step, HistogramBins.Equal(30));
            writer.AddHistogram("raw", new Histogram(0, 1, 2, 1, 1, [0.5, 1], [1, 1]), step);
            writer.AddImage("image", pixels, step, ImageLayout.Chw, [3, h, w]);
            writer.AddImages("images", batch, step, ImageLayout.Nchw, [n, 3, h, w]);
            writer.AddImageWithBoxes(
                "boxes", pixels, [new BoundingBox(0, 0, 2, 2, "cat")], step, ImageLayout.Chw, [3, h, w]);
            writer.AddEncodedImage("figure", png, step);
            var picture = Picture.FromPixels(pixels, ImageLayout.Chw, [3, h, w]);
            var map = new TorchBoard.Interpretation.Attribution(new double[h * w], [h, w]);
            writer.AddFigure("drawn", new Figure(), step);
            writer.AddImage("grid", ImageGrid.Draw(batch, ImageLayout.Nchw, [n, 3, h, w]), step);
            writer.AddImage("marked", picture.WithBoxes([]).WithMasks(new bool[h * w]), step);
            writer.AddActivationMap("cam", map, picture, step);
            writer.AddAttribution("attribution", map, step, picture);
            Assert.That(ChannelNormalization.ImageNet.Prepare(picture), Has.Length.EqualTo(3 * 224 * 224));
            writer.AddVideo("video", frames, step, VideoLayout.Ntchw, [n, t, 3, h, w], 8);
            writer.AddAudio("audio", pixels, step, 8000);
            writer.AddText("text", "**bold**", step);
            writer.AddPrCurve("pr", [true, false], [0.9f, 0.2f], step, 200);
            writer.AddPrCurveRaw("pr_raw", [1, 0], [1, 0], [0, 1], [0, 1], [0.5f, 1], [1, 0], step);
            writer.AddMesh("mesh", vertices, step, faces: [0, 1, 2], scene: new MeshScene());
            writer.AddHyperparameters([("lr", 0.1), ("optimizer", "adam"), ("nesterov", true)]);
            writer.EndHyperparameters(RunStatus.Success);
            writer.AddCustomScalars(
                new CustomScalarsLayout(new ChartCategory("loss", new MultilineChart("all", "scalar"))));
            writer.AddEmbedding("embedding", vertices, step, 3, new EmbeddingOptions { Labels = ["x", "y", "z"] });
            writer.AddGraph(new GraphBuilder().Add("input", "Placeholder").Add("relu", "Relu", "input").Build());
            writer.AddTensor<float>("tensor", vertices, step, [3, 3]);
            writer.AddTensor<double>("double", [0.1], step, []);
            writer.Flush();
        }

        RunLog run = RunLog.Open(directory);
        Assert.That(
            run.Tags.Keys,
            Is.SupersetOf(new[]
            {
                "scalar", "histogram", "auto", "equal", "raw", "image", "images", "boxes", "figure", "video", "audio",
                "text",
                "pr", "pr_raw", "tensor",
            }));
        Assert.That(run.Meshes.Count, Is.EqualTo(1));
        Assert.That(run.Hyperparameters!.Values["lr"].Number, Is.EqualTo(0.1));
        Assert.That(run.Graphs.Single().ReadNodes(), Has.Count.EqualTo(2));
        Assert.That(File.Exists(Path.Combine(directory, "projector_config.pbtxt")));
    }
}
