using System.Globalization;
using TorchBoard;
using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Metrics;

namespace Quickstart;

/// <summary>
/// Writes a training for TensorBoard as two runs, <c>train</c> and <c>heldout</c>. TensorBoard overlays their curves
/// with the same tag.
/// </summary>
public sealed class TrainingLog : IDisposable
{
    private const int DigitsShown = 64;
    private const int Columns = 8;
    private const int MistakesShown = 16;
    private const int MistakeColumns = 4;
    private const int EnsembleSize = 3;

    // Pictures of 8×8 pixels are hard to see at their original size.
    private static readonly ImageGridOptions DigitGrid = new() { Columns = Columns, Scale = 5, PaddingValue = 0.35f };

    private static readonly ImageGridOptions FilterGrid =
        DigitGrid with { Normalize = true, ColorMap = ColorMap.RedWhiteGreen };

    private readonly Trainer _trainer;
    private readonly SummaryWriter _train;
    private readonly SummaryWriter _heldOut;
    private readonly Dictionary<(string Run, string Tag), LoggedTag> _logged = [];

    /// <summary>Opens both runs below a directory.</summary>
    /// <exception cref="IOException">An event file cannot be created there.</exception>
    public TrainingLog(string logDirectory, Trainer trainer)
    {
        _trainer = trainer;
        _train = new SummaryWriter(Path.Combine(logDirectory, "train"));
        try
        {
            _heldOut = new SummaryWriter(Path.Combine(logDirectory, "heldout"));
        }
        catch
        {
            _train.Dispose();
            throw;
        }
    }

    /// <summary>The logged tags, in the order of their first values.</summary>
    public IReadOnlyCollection<LoggedTag> Logged => _logged.Values;

    /// <summary>Logs the settings and some of the digits before training.</summary>
    public void Start()
    {
        TrainerOptions options = _trainer.Options;
        AddTable(
            "settings",
            ["setting", "value"],
            [
                ["network", Text($"{Digits.Pixels} → {options.HiddenUnits} → {Digits.Classes}, ReLU, softmax")],
                ["augmentation", "half of the pictures moved by one pixel"],
                ["loss", "cross-entropy"],
                ["optimizer", "Adam"],
                ["learning rate", Text($"{options.LearningRate}, down to 0 along a cosine")],
                ["epochs", Text($"{options.Epochs}")],
                ["batch size", Text($"{options.BatchSize}")],
                ["seed", Text($"{options.Seed}")],
                ["training digits", Text($"{_trainer.Train.Count}")],
                ["held-out digits", Text($"{_trainer.HeldOut.Count}")],
            ],
            step: 0);
        AddDigits(_train, "digits", _trainer.Train.Pick(FirstOf(_trainer.Train.Count)), step: 0);
    }

    /// <summary>Logs a step of training.</summary>
    public void Step(TrainingStep step)
    {
        AddScalar(_train, "loss", step.Loss, step.Step);
        AddScalar(_train, "learning_rate", step.LearningRate, step.Step);
    }

    /// <summary>Logs an epoch: evaluation, weights and gradients.</summary>
    public void Epoch(EpochResult result)
    {
        AddScalar(_train, "accuracy", result.Train.Accuracy, result.Step);
        AddScalar(_heldOut, "loss", result.HeldOut.Loss, result.Step);
        AddScalar(_heldOut, "accuracy", result.HeldOut.Accuracy, result.Step);

        foreach (DenseLayer layer in _trainer.Network.Layers)
        {
            AddHistogram($"{layer.Name}/weight", layer.Weight, result.Step);
            AddHistogram($"{layer.Name}/bias", layer.Bias, result.Step);

            // There are no gradients before the first step.
            if (result.Step > 0)
            {
                AddHistogram($"{layer.Name}/weight.grad", layer.WeightGradient, result.Step);
                AddHistogram($"{layer.Name}/bias.grad", layer.BiasGradient, result.Step);
            }
        }

        const int epochsAPicture = 10;
        if (result.Epoch % epochsAPicture == 0 || result.Epoch == _trainer.Options.Epochs)
        {
            AddFilters(_trainer.Network.Layers[0], result.Step);
            if (result.Step > 0)
                AddFigure(_train, "gradient_flow", ModelFigures.GradientFlow(_trainer.Network), result.Step);
        }
    }

    /// <summary>Logs the final results for each digit, and the wrongly recognized digits.</summary>
    public void Finish(EpochResult last)
    {
        ClassifierScores scores = last.HeldOut.Scores();
        ConfusionMatrix matrix = scores.ConfusionMatrix();
        AddTable(
            "per_class",
            ["digit", "precision", "recall", "F1", "count"],
            Enumerable.Range(0, Digits.Classes).Select(digit => (IReadOnlyList<string>)
            [
                Text($"{digit}"),
                Text($"{matrix.PrecisionOf(digit):F3}"),
                Text($"{matrix.RecallOf(digit):F3}"),
                Text($"{matrix.F1Of(digit):F3}"),
                Text($"{matrix.Support(digit)}"),
            ]),
            last.Step,
            _heldOut);
        AddFigure(_heldOut, "confusion", ModelFigures.Confusion(scores), last.Step);
        AddFigure(_heldOut, "roc", ModelFigures.Roc(scores), last.Step);
        AddExplanations(last.Step);

        int[] mistakes = last.HeldOut.Mistakes();
        if (mistakes.Length == 0)
        {
            Count(_heldOut, "mistakes/table", "text");
            _heldOut.AddText("mistakes/table", "Every held-out digit was recognized.", last.Step);
            return;
        }

        int[] shown = mistakes[..Math.Min(mistakes.Length, MistakesShown)];
        var grid = new ImageGridOptions
        {
            Columns = MistakeColumns,
            Captions = [.. shown.Select(n =>
                Text($"true {_trainer.HeldOut.Label(n)}\npredicted {last.HeldOut.Prediction(n)}"))],
        };
        AddDigits(_heldOut, "mistakes/digits", _trainer.HeldOut.Pick(shown), last.Step, grid);
        AddTable(
            "mistakes/table",
            ["row, column", "label", "prediction", "probability of the label"],
            shown.Select((n, i) => (IReadOnlyList<string>)
            [
                Text($"{(i / MistakeColumns) + 1}, {(i % MistakeColumns) + 1}"),
                Text($"{_trainer.HeldOut.Label(n)}"),
                Text($"{last.HeldOut.Prediction(n)}"),
                Text($"{last.HeldOut.Probability(n, _trainer.HeldOut.Label(n)):F3}"),
            ]),
            last.Step,
            _heldOut);
    }

    /// <summary>Writes the remaining events and closes the files.</summary>
    public void Dispose()
    {
        _train.Dispose();
        _heldOut.Dispose();
    }

    private static int[] FirstOf(int count) => [.. Enumerable.Range(0, Math.Min(count, DigitsShown))];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void AddScalar(SummaryWriter run, string tag, double value, long step)
    {
        Count(run, tag, "scalar");
        run.AddScalar(tag, value, step);
    }

    private void AddFigure(SummaryWriter run, string tag, Figure figure, long step)
    {
        Count(run, tag, "image");
        run.AddFigure(tag, figure, step);
    }

    private void AddHistogram(string tag, float[] values, long step)
    {
        Count(_train, tag, "histogram");
        _train.AddHistogram(tag, values, step);
    }

    private void AddDigits(
        SummaryWriter run, string tag, Digits digits, long step, ImageGridOptions? grid = null)
    {
        Count(run, tag, "image");
        run.AddImages(
            tag,
            digits.Images(),
            step,
            ImageLayout.Nhw,
            [digits.Count, Digits.Side, Digits.Side],
            grid ?? DigitGrid);
    }

    /// <summary>Draws the weights of each unit of a layer: positive in green, negative in red, on one scale.</summary>
    private void AddFilters(DenseLayer layer, long step)
    {
        string tag = $"{layer.Name}/filters";
        Count(_train, tag, "image");
        _train.AddImages(
            tag,
            layer.Weight,
            step,
            ImageLayout.Nhw,
            [layer.Outputs, Digits.Side, Digits.Side],
            FilterGrid);
    }

    /// <summary>
    /// Logs explanations of one example of each digit by each method, a comparison of the methods, and an ensemble.
    /// </summary>
    private void AddExplanations(long step)
    {
        int[] oneOfEach = [.. Enumerable.Range(0, _trainer.HeldOut.Count).DistinctBy(_trainer.HeldOut.Label)
            .OrderBy(_trainer.HeldOut.Label)];
        Digits digits = _trainer.HeldOut.Pick(oneOfEach);
        var explanations = new Explanations(_trainer.Network, digits);
        foreach ((string method, Picture picture) in explanations.Pictures())
            AddPicture($"explanations/{method}", picture, step);
        AddFigure(_heldOut, "comparison/deletion", explanations.Deletion(), step);
        AddFigure(_heldOut, "comparison/insertion", explanations.Insertion(), step);
        foreach ((string what, Picture picture) in explanations.Ensemble(TrainEnsemble()))
            AddPicture($"ensemble/{what}", picture, step);
    }

    /// <summary>
    /// Trains further networks from other initial weights. Pixels that all of them use are not chance.
    /// </summary>
    private Network[] TrainEnsemble()
    {
        var networks = new Network[EnsembleSize];
        networks[0] = _trainer.Network;
        for (int n = 1; n < networks.Length; n++)
        {
            Trainer other = _trainer.WithSeed(_trainer.Options.Seed + n);
            other.Run();
            networks[n] = other.Network;
        }

        return networks;
    }

    private void AddPicture(string tag, Picture picture, long step)
    {
        Count(_heldOut, tag, "image");
        _heldOut.AddImage(tag, picture, step);
    }

    private void AddTable(
        string tag,
        IReadOnlyList<string> header,
        IEnumerable<IReadOnlyList<string>> rows,
        long step,
        SummaryWriter? run = null)
    {
        run ??= _train;
        Count(run, tag, "text");
        run.AddTable(tag, header, rows, step);
    }

    private void Count(SummaryWriter run, string tag, string kind)
    {
        string name = run == _train ? "train" : "heldout";
        LoggedTag before = _logged.GetValueOrDefault((name, tag), new LoggedTag(name, tag, kind, 0));
        _logged[(name, tag)] = before with { Count = before.Count + 1 };
    }
}
