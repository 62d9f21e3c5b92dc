// A model in an ONNX file: its graph with the time of each node, its quality, and explanations of its predictions.
using Microsoft.ML.OnnxRuntime;
using OnnxRuntime;
using Quickstart;
using TorchBoard;
using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Metrics;

if (args is not ([] or ["--logdir", { Length: > 0 }]))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/OnnxRuntime -- --logdir DIR");
    return 2;
}

string logDirectory = args is [_, var given] ? given : "runs/onnx";
string work = Directory.CreateTempSubdirectory("onnx-").FullName;
try
{
    string path = Path.Combine(work, "digits.onnx");
    Digits digits = DigitsModel.Write(path, epochs: 20);           // or any file of yours

    // A session fuses nodes. The graph that it saves has the nodes that it runs, and its profile has their times.
    using var options = new SessionOptions
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        OptimizedModelFilePath = Path.Combine(work, "optimized.onnx"),
        ProfileOutputPathPrefix = Path.Combine(work, "profile"),   // before EnableProfiling
        EnableProfiling = true,
    };
    using var session = new InferenceSession(path, options);
    using var writer = new SummaryWriter(logDirectory);
    writer.AddOnnxGraph(options.OptimizedModelFilePath);

    var model = new OnnxModel(session);
    float[] images = digits.Images();
    int[] labels = [.. Enumerable.Range(0, digits.Count).Select(digits.Label)];
    float[] scores = [];
    for (int run = 0; run < 11; run++)
        scores = model.Scores(images, digits.Count);
    writer.AddOnnxProfile($"{digits.Count} digits", session.EndProfiling(), step: 0);

    var heldOut = new ClassifierScores(Digits.Classes);
    heldOut.Add(scores, labels);
    writer.AddMetrics(heldOut.Metrics("heldout/"), step: 0);
    writer.AddFigure("heldout/confusion", Figure.ConfusionMatrix(heldOut.ConfusionMatrix()), step: 0);

    // A digit of each class, explained by methods that need no gradients.
    int[] shape = [Digits.Side, Digits.Side];
    for (int digit = 0; digit < Digits.Classes; digit++)
    {
        float[] image = digits.Image(Array.IndexOf(labels, digit)).ToArray();
        Picture picture = Picture.FromPixels<float>(image, ImageLayout.Hw, shape);
        Predict score = model.Score(digit);
        Attribution shap = KernelShap.Explain(score, image, shape);
        Attribution occlusion = Occlusion.Explain(score, image, shape, window: [2, 2]);
        writer.AddAttribution("explained/kernel_shap", shap, digit, picture);
        writer.AddAttribution("explained/occlusion", occlusion, digit, picture);
        writer.AddScalar("deletion/kernel_shap", PerturbationCurve.Deletion(score, image, shape, shap).Area, digit);
        writer.AddScalar("deletion/occlusion", PerturbationCurve.Deletion(score, image, shape, occlusion).Area, digit);
    }
}
finally
{
    Directory.Delete(work, recursive: true);
}

Console.WriteLine($"Written to {logDirectory}. To view it: tensorboard --logdir {logDirectory}");
return 0;
