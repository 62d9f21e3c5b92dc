// Two models of ML.NET for handwritten digits: curves while one is trained, its weights, and the metrics of both.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MlNet;
using Quickstart;
using TorchBoard;
using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Metrics;

if (args is not ([] or ["--logdir", { Length: > 0 }]))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/MlNet -- --logdir DIR");
    return 2;
}

string logDirectory = args is [_, var given] ? given : "runs/mlnet";
var ml = new MLContext(seed: 1);
(Digits trainDigits, Digits heldOutDigits) = Digits.Load().Split(heldOutShare: 0.2, new Random(1));
IDataView train = ml.Data.Cache(ml.Data.LoadFromEnumerable(LabeledPicture.Of(trainDigits)));
IDataView heldOut = ml.Data.Cache(ml.Data.LoadFromEnumerable(LabeledPicture.Of(heldOutDigits)));

using (var writer = new SummaryWriter(Path.Combine(logDirectory, "maximum-entropy")))
{
    // What ML.NET says about the training. It has no losses; the curves come from training in rounds.
    var messages = new List<string>();
    ml.Log += (_, e) =>
    {
        if (e.Kind > Microsoft.ML.Runtime.ChannelMessageKind.Trace)
            messages.Add($"{e.Source}: {e.RawMessage}");
    };
    const int iterationsPerRound = 5;
    LbfgsMaximumEntropyMulticlassTrainer trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
        new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            MaximumNumberOfIterations = iterationsPerRound,
            L1Regularization = 0.1f,
            L2Regularization = 0.1f,
        });
    MulticlassPredictionTransformer<MaximumEntropyModelParameters>? model = null;
    for (int round = 1; round <= 20; round++)
    {
        model = trainer.Fit(train, model?.Model);
        long iterations = (long)round * iterationsPerRound;
        writer.AddMetrics(Evaluate(model, train).Metrics("train/"), iterations);
        writer.AddMetrics(Evaluate(model, heldOut).Metrics("heldout/"), iterations);
        AddWeights(writer, model.Model, iterations);
    }

    writer.AddFigure("confusion", Figure.ConfusionMatrix(Evaluate(model!, heldOut).ConfusionMatrix()), step: 0);
    writer.AddText("log of ML.NET", string.Join("\n\n", messages.Distinct()), step: 0);
}

// A model without weights: what cannot be shown is said once, and the rest is the same.
using (var writer = new SummaryWriter(Path.Combine(logDirectory, "naive-bayes")))
{
    MulticlassPredictionTransformer<NaiveBayesMulticlassModelParameters> model =
        ml.MulticlassClassification.Trainers.NaiveBayes().Fit(train);
    writer.AddMetrics(Evaluate(model, heldOut).Metrics("heldout/"), step: 0);
    writer.AddFigure("confusion", Figure.ConfusionMatrix(Evaluate(model, heldOut).ConfusionMatrix()), step: 0);
    AddWeights(writer, model.Model, step: 0);
}

Console.WriteLine($"Written to {logDirectory}. To view it: tensorboard --logdir {logDirectory}");
return 0;

static ClassifierScores Evaluate(ITransformer model, IDataView data)
{
    IDataView predictions = model.Transform(data);
    var scores = new ClassifierScores(Digits.Classes);
    foreach ((float[] row, uint label) in predictions.GetColumn<float[]>("Score").Zip(predictions.GetColumn<uint>("Label")))
        scores.Add(row, [(int)label - 1]);
    return scores;
}

static void AddWeights(SummaryWriter writer, object model, long step)
{
    if (model is not MaximumEntropyModelParameters linear)
    {
        writer.AddText("weights", $"A model of type {model.GetType().Name} has no weights.", step);
        return;
    }

    VBuffer<float>[] weights = [];
    linear.GetWeights(ref weights, out int classes);
    float[] all = [.. weights.SelectMany(ofClass => ofClass.DenseValues())];
    writer.AddHistogram("weights", all, step);
    writer.AddImages(
        "weights/of each digit", all, step, ImageLayout.Nhw, [classes, Digits.Side, Digits.Side],
        new() { Columns = 5, Scale = 10, Normalize = true, ColorMap = ColorMap.RedWhiteGreen });
}
