using TorchBoard;
using TorchBoard.CustomScalars;
using TorchBoard.Figures;
using TorchBoard.Graphs;
using TorchBoard.Hyperparameters;
using TorchBoard.Imaging;

// A program that is compiled to native code. It logs values of every kind to the directory that its argument names and
// reads them back. It prints what it read wrongly, and exits with 1 where there is anything.
string directory = args[0];
float[] weights = [-1, 0, 0.5f, 2];
byte[] pixels = [0, 64, 128, 255];
int faults = 0;

using (var writer = new SummaryWriter(directory))
{
    for (int step = 0; step < 100; step++)
    {
        writer.AddScalar("loss/train", 1f / (step + 1), step);
        writer.AddHistogram("weights", weights, step);
    }

    writer.AddHistogram<double>("doubles", [1, 2, 3], 0);
    writer.AddImage("picture", pixels, 1, ImageLayout.Hw, [2, 2]);
    writer.AddImages("batch", (float[])[0, 0.25f, 0.5f, 1], 1, ImageLayout.Nhw, [2, 1, 2]);
    writer.AddVideo("video", (double[])[0, 0.25, 0.5, 1], 1, VideoLayout.Thw, [2, 1, 2]);
    writer.AddFigure("figure", new Figure { Title = "Weights" }.Histogram<float>(weights), 1);
    writer.AddAudio("tone", (double[])[0, 0.5, 0, -0.5], 1, sampleRate: 8000);
    writer.AddText("note", "**bold**", 2);
    writer.AddTable("table", ["class", "accuracy"], [["cat", "0.9"]], 2);
    writer.AddPrCurve("curve", [true, false], (double[])[0.9, 0.1], 2);
    writer.AddMesh("cloud", (double[])[0, 0, 0, 1, 1, 1], 2);
    writer.AddEmbedding("embedding", (Half[])[(Half)1, (Half)2, (Half)3, (Half)4], 2, dimensions: 2);
    writer.AddTensor<long>("tensor", [1, 2, 3], 2, [3]);
    writer.AddScalars("losses", [("train", 0.5), ("test", 1)], 2);
    writer.AddMetrics([("accuracy", 0.9m)], 2);
    writer.AddCustomScalars(new(new ChartCategory("all", new MultilineChart("loss", ["loss/train"]))));
    writer.AddGraph(new GraphBuilder().Add("input", "Placeholder", []).Add("relu", "Relu", ["input"]).Build());
    writer.AddHyperparameters(
        new Dictionary<string, Hyperparameter> { ["lr"] = 0.1, ["optimizer"] = "adam", ["nesterov"] = true });
}

RunLog run = RunLog.Open(directory);
Check("errors", run.Errors.Count, 0);
Check("steps", run.Scalars["loss/train"].Steps[^1], 99L);
Check("values", run.Scalars["loss/train"].Values[3], 0.25);
Check("histograms", run.Histograms["weights"].Count, 100);
Check("histogram", run.Histograms["doubles"].Values[0].Sum, 6.0);
Check("batch", run.Images["batch"].Count, 1);
Check("video", run.Images["video"].Values[0][0].Format, "apng");
Check("figure", run.Images["figure"].Count, 1);
Check("audio", run.Audio["tone"].Values[0][0].SampleRate, 8000.0);
Check("table", run.Text["table"].Count, 1);
Check("PR curve", run.PrCurves["curve"].Values[0].Precision.Length, 127);
Check("mesh", run.MeshParts.Count, 1);
Check("tensor", run.Tensors["tensor"].Values[0].ToDoubles()[2], 3.0);
Check("series", RunLog.Open(Path.Combine(directory, "losses_test")).Scalars["losses"].Values[0], 1.0);
Check("metric", run.Scalars["accuracy"].Count, 1);
Check("graphs", run.Graphs.Count, 1);
Check("embedding", File.Exists(Path.Combine(directory, "projector_config.pbtxt")), true);
Check("image", run.Images["picture"].Values[0][0].Width, 2);
Check("text", run.Text["note"].Values[0].ToString(), "**bold**");
Check("number", run.Hyperparameters!.Values["lr"].Number, 0.1);
Check("word", run.Hyperparameters.Values["optimizer"].ToString(), "adam");
return faults == 0 ? 0 : 1;

void Check<T>(string what, T read, T written)
{
    if (EqualityComparer<T>.Default.Equals(read, written))
        return;
    Console.WriteLine($"{what}: read {read}, written {written}");
    faults++;
}
