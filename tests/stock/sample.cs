#:project ../../src/TorchBoard/TorchBoard.csproj

// Writes a small run of every kind: `dotnet run tests/stock/sample.cs -- DIRECTORY`. The answers in the folder recorded/
// are those of stock TensorBoard to it.

using TorchBoard;
using TorchBoard.Audio;
using TorchBoard.CustomScalars;
using TorchBoard.Embeddings;
using TorchBoard.Graphs;
using TorchBoard.Imaging;

string directory = args[0];
using (var writer = new SummaryWriter(directory))
{
    for (int step = 0; step <= 20; step++)
    {
        writer.AddScalar("loss", 1f / (step + 1), step);
        writer.AddScalar("loss/low", 0.5f / (step + 1), step);
        writer.AddScalar("loss/high", 2f / (step + 1), step);
    }

    writer.AddScalar("odd", float.NaN, 0);
    writer.AddScalar("odd", float.PositiveInfinity, 1);
    for (int step = 0; step < 3; step++)
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(i => MathF.Sin(i + step))];
        byte[] pixels = [.. Enumerable.Range(0, 3 * 8 * 8).Select(i => (byte)(i * (step + 3)))];
        writer.AddHistogram("values", values, step);
        writer.AddImage("picture", pixels, step, ImageLayout.Hwc, [8, 8, 3]);
        writer.AddAudio("tone", [.. values.Select(value => value / 2)], step, 8000);
        writer.AddText("note", $"Step **{step}** of `three`.", step);
        writer.AddPrCurve("classes", [0, 1, 1, 0, 1, 1], [0.1f, 0.9f, 0.6f, 0.4f, 0.3f, 0.8f], step, thresholds: 11);
        writer.AddMesh("tetrahedron", [0f, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1 + step], step, faces: [0, 1, 2, 0, 1, 3]);
    }

    writer.AddEmbedding("points", [0f, 1, 2, 3, 4, 5, 6, 7], step: 0, dimensions: 2);
    writer.AddGraph(new GraphBuilder().Add("input", "Placeholder").Add("output", "Relu", "input").Build());
    writer.AddCustomScalars(new CustomScalarsLayout(new ChartCategory(
        "Losses",
        new MultilineChart("All", "loss", "loss/low"),
        new MarginChart("Range", new MarginSeries("loss", "loss/low", "loss/high")))));
}

foreach (double rate in (double[])[0.1, 0.5])
{
    using var trial = new SummaryWriter(Path.Combine(directory, $"rate {rate}"));
    trial.AddHyperparameters([("rate", rate), ("method", "descent"), ("momentum", true)]);
    trial.AddScalar("loss", (float)rate, 0);
}
