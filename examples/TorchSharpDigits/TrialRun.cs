using Quickstart;
using TorchBoard;
using TorchBoard.Figures;
using TorchBoard.Hyperparameters;
using TorchBoard.Imaging;
using TorchBoard.Metrics;
using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpDigits;

/// <summary>Trains a network with a trial's settings and logs it as a run.</summary>
internal sealed class TrialRun : IDisposable
{
    private const int Seed = 1;
    private const int DigitsShown = 64;
    private const int DigitsTraced = 4;
    private const int MistakesShown = 16;

    private static readonly ImageGridOptions Grid = new() { PaddingValue = 0.5f, Scale = 4 };

    private readonly Trial _trial;
    private readonly int _epochs;
    private readonly DigitTensors _train;
    private readonly DigitTensors _heldOut;
    private readonly DigitNet _net;
    private readonly optim.Optimizer _optimizer;
    private readonly SummaryWriter _writer;

    /// <summary>Opens the run.</summary>
    /// <exception cref="IOException">An event file cannot be created there.</exception>
    public TrialRun(string logDirectory, Trial trial, int epochs, DigitTensors train, DigitTensors heldOut)
    {
        (_trial, _epochs, _train, _heldOut) = (trial, epochs, train, heldOut);
        _writer = new SummaryWriter(Path.Combine(logDirectory, trial.Name));
        manual_seed(Seed);
        _net = new DigitNet(trial.Dropout);
        _net.to(train.Pictures.device);
        _optimizer = trial.OptimizerOf(_net);
    }

    private int StepsAnEpoch => (int)((_train.Count + _trial.BatchSize - 1) / _trial.BatchSize);

    /// <summary>Trains to the end.</summary>
    /// <param name="onEpoch">Called after each epoch, from 1, with the evaluation.</param>
    public TrialResult Train(Action<int, TrialResult> onEpoch)
    {
        Describe();
        optim.lr_scheduler.LRScheduler rate =
            optim.lr_scheduler.CosineAnnealingLR(_optimizer, (double)_epochs * StepsAnEpoch);
        using ModelWatch watch = _writer.Watch(_net, new WatchOptions { Interval = StepsAnEpoch, Activations = true });
        long step = 0;
        TrialResult result = Evaluate(step);
        for (int epoch = 1; epoch <= _epochs; epoch++)
        {
            using var scope = NewDisposeScope();
            _net.train();
            foreach (Tensor batch in randperm(_train.Count, device: _train.Labels.device).split(_trial.BatchSize))
            {
                Step(batch, step);
                watch.Step(step);
                rate.step();
                step++;
            }

            result = Evaluate(step);
            onEpoch(epoch, result);
        }

        Explain(step);
        Explanations.Add(_writer, _net, _heldOut, step);
        _writer.EndHyperparameters(RunStatus.Success);
        return result;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _optimizer.Dispose();
        _net.Dispose();
    }

    /// <summary>Logs the settings, the network and some of the digits before training.</summary>
    private void Describe()
    {
        using var scope = NewDisposeScope();
        _writer.AddHyperparameters(_optimizer, new Dictionary<string, Hyperparameter>
        {
            ["dropout"] = _trial.Dropout,
            ["batch_size"] = _trial.BatchSize,
            ["epochs"] = _epochs,
        });
        Tensor some = _train.Pictures.narrow(0, 0, DigitsTraced);
        _writer.AddGraph(_net, some);
        _writer.AddModelSummary("network", _net, 0, some);
        _writer.AddImages("digits", _train.Pictures.narrow(0, 0, DigitsShown), 0, Grid);
    }

    private void Step(Tensor batch, long step)
    {
        using var scope = NewDisposeScope();
        Tensor scores = _net.call(_train.Pictures.index_select(0, batch));
        Tensor loss = nn.functional.cross_entropy(scores, _train.Labels.index_select(0, batch));
        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();

        // Does not wait for the loss, even if it is on a GPU.
        _writer.AddScalar("loss/train", loss, step);
        _writer.AddLearningRates(_optimizer, step);
    }

    private TrialResult Evaluate(long step)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        _net.eval();
        Tensor scores = _net.call(_heldOut.Pictures);
        Tensor loss = nn.functional.cross_entropy(scores, _heldOut.Labels);
        Tensor accuracy = scores.argmax(1).eq(_heldOut.Labels).to_type(ScalarType.Float32).mean();
        _writer.AddScalar("loss/heldout", loss, step);
        _writer.AddScalar("accuracy/heldout", accuracy, step);
        return new TrialResult(_trial.Name, loss.cpu().item<float>(), accuracy.cpu().item<float>());
    }

    /// <summary>Logs the trained network's predictions and features.</summary>
    private void Explain(long step)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        _net.eval();
        Tensor vectors = _net.Describe(_heldOut.Pictures);
        _writer.AddEmbedding("hidden", vectors, step, labels: _heldOut.Labels, pictures: 1 - _heldOut.Pictures);

        Tensor scores = _net.call(_heldOut.Pictures);
        _writer.AddPrCurves("digits", _heldOut.Labels, scores.softmax(1), step);

        var confusion = new ConfusionMatrix(Digits.Classes);
        confusion.AddScores(
            [.. scores.cpu().data<float>()], [.. _heldOut.Labels.cpu().data<long>().Select(label => (int)label)]);
        _writer.AddFigure("confusion", Figure.ConfusionMatrix(confusion.Counts), step);

        Tensor predicted = scores.argmax(1);
        Tensor wrong = predicted.ne(_heldOut.Labels).nonzero().flatten();
        if (wrong.NumberOfElements > 0)
            AddMistakes(wrong, predicted, step);
    }

    private void AddMistakes(Tensor wrong, Tensor predicted, long step)
    {
        wrong = wrong.narrow(0, 0, Math.Min(wrong.NumberOfElements, MistakesShown));
        long[] truths = [.. _heldOut.Labels.index_select(0, wrong).cpu().data<long>()];
        long[] guesses = [.. predicted.index_select(0, wrong).cpu().data<long>()];
        var grid = new ImageGridOptions
        {
            Columns = 4,
            Captions = [.. truths.Zip(guesses, (truth, guess) => $"true {truth}\npredicted {guess}")],
        };
        _writer.AddImages("mistakes", _heldOut.Pictures.index_select(0, wrong), step, grid);
    }
}
