using SeeingModels.Data;
using SeeingModels.Models;
using TorchBoard;
using TorchBoard.Watching;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Logs a training: loss and accuracy of each step, and weights and gradients over time.</summary>
internal static class TrainingCurves
{
    private const int Epochs = 3;
    private const int BatchSize = 32;
    private const int WatchInterval = 45;
    private const double LearningRate = 1e-3;

    public static void Train(
        SummaryWriter writer, Module<Tensor, Tensor> model, DigitPictures train, DigitPictures heldOut)
    {
        var random = new Random(1);
        using optim.Optimizer optimizer = optim.Adam(model.parameters(), LearningRate);
        long steps = Epochs * ((train.Count + BatchSize - 1) / BatchSize);
        optim.lr_scheduler.LRScheduler rate = optim.lr_scheduler.CosineAnnealingLR(optimizer, steps);
        using ModelWatch watch = writer.Watch(
            model, new WatchOptions { Interval = WatchInterval, Optimizer = optimizer });
        long step = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            using var scope = NewDisposeScope();
            model.train();
            foreach (Tensor batch in randperm(train.Count).split(BatchSize))
            {
                using var stepScope = NewDisposeScope();
                Tensor pictures = Canvas.Anywhere(train.Pictures.index_select(0, batch), random);
                Tensor labels = train.Labels.index_select(0, batch);
                Tensor scores = model.call(pictures);
                Tensor loss = functional.cross_entropy(scores, labels);
                optimizer.zero_grad();
                loss.backward();
                watch.Step(step);
                optimizer.StepUncollected();
                rate.step();
                writer.AddScalar("curves/loss/train", loss, step);
                writer.AddScalar("curves/accuracy/train", Accuracy(scores, labels), step);
                step++;
            }

            Evaluate(writer, model, Canvas.Anywhere(heldOut.Pictures, random), heldOut.Labels, step);
        }
    }

    private static void Evaluate(
        SummaryWriter writer, Module<Tensor, Tensor> model, Tensor pictures, Tensor labels, long step)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        model.eval();
        Tensor scores = cat([.. pictures.split(BatchSize).Select(model.call)]);
        writer.AddScalar("curves/loss/held out", functional.cross_entropy(scores, labels), step);
        writer.AddScalar("curves/accuracy/held out", Accuracy(scores, labels), step);
    }

    private static Tensor Accuracy(Tensor scores, Tensor labels) =>
        scores.argmax(1).eq(labels).to_type(ScalarType.Float32).mean();
}
