namespace Quickstart;

/// <summary>Trains a network to recognize digits. The same options give bit-identical results.</summary>
public sealed class Trainer
{
    private readonly TrainerOptions _options;
    private readonly Random _random;

    /// <summary>Splits the digits and creates the network.</summary>
    public Trainer(Digits digits, TrainerOptions options)
        : this(options, random => digits.Split(options.HeldOutShare, random))
    {
    }

    private Trainer(TrainerOptions options, Func<Random, (Digits Train, Digits HeldOut)> split)
    {
        _options = options;
        _random = new Random(options.Seed);
        (Train, HeldOut) = split(_random);
        Network = new Network(Digits.Pixels, options.HiddenUnits, Digits.Classes, _random);
    }

    /// <summary>The digits to train on.</summary>
    public Digits Train { get; }

    /// <summary>The held-out digits for evaluation, which are never trained on.</summary>
    public Digits HeldOut { get; }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The options of the training.</summary>
    public TrainerOptions Options => _options;

    /// <summary>The number of steps per epoch; the last batch may be smaller.</summary>
    public int StepsPerEpoch => (Train.Count + _options.BatchSize - 1) / _options.BatchSize;

    /// <summary>Creates a trainer of another network on the same digits, for an ensemble.</summary>
    public Trainer WithSeed(int seed) => new(_options with { Seed = seed }, _ => (Train, HeldOut));

    /// <summary>Trains for all epochs.</summary>
    /// <param name="onStep">Called after each step.</param>
    /// <param name="onEpoch">Called before the first step, as epoch 0, and after each epoch.</param>
    /// <returns>The result of the last epoch.</returns>
    public EpochResult Run(Action<TrainingStep>? onStep = null, Action<EpochResult>? onEpoch = null)
    {
        var adam = new Adam(Network);
        int[] order = [.. Enumerable.Range(0, Train.Count)];
        long step = 0;
        EpochResult result = Evaluate(epoch: 0, step);
        onEpoch?.Invoke(result);

        for (int epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            _random.Shuffle(order);
            for (int start = 0; start < order.Length; start += _options.BatchSize)
            {
                int end = Math.Min(start + _options.BatchSize, order.Length);
                double learningRate = LearningRateAt(step);
                Digits batch = Train.Pick(order.AsSpan(start..end)).Nudged(_random);
                double loss = Network.Backward(batch);
                adam.Update(learningRate);
                onStep?.Invoke(new TrainingStep(step, loss, learningRate));
                step++;
            }

            result = Evaluate(epoch, step);
            onEpoch?.Invoke(result);
        }

        return result;
    }

    private EpochResult Evaluate(int epoch, long step) =>
        new(epoch, step, Evaluation.Of(Network, Train), Evaluation.Of(Network, HeldOut));

    /// <summary>Returns the learning rate, which falls from its initial value to 0 along half a cosine.</summary>
    private double LearningRateAt(long step)
    {
        double done = (double)step / ((long)_options.Epochs * StepsPerEpoch);
        return _options.LearningRate * (1 + Math.Cos(Math.PI * done)) / 2;
    }
}
