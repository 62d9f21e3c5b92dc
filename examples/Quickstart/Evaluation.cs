using TorchBoard.Metrics;

namespace Quickstart;

/// <summary>How well a network recognizes a set of digits.</summary>
public sealed class Evaluation
{
    private readonly Digits _digits;
    private readonly float[] _logProbabilities;
    private readonly int[] _predictions;

    private Evaluation(Digits digits, float[] logProbabilities)
    {
        _digits = digits;
        _logProbabilities = logProbabilities;
        _predictions = new int[digits.Count];
        int right = 0;
        for (int n = 0; n < digits.Count; n++)
        {
            _predictions[n] = IndexOfGreatest(logProbabilities.AsSpan(n * Digits.Classes, Digits.Classes));
            if (_predictions[n] == digits.Label(n))
                right++;
        }

        Loss = Network.MeanCrossEntropy(logProbabilities, digits);
        Accuracy = (double)right / digits.Count;
    }

    /// <summary>The mean cross-entropy.</summary>
    public double Loss { get; }

    /// <summary>The share of digits recognized, 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>How many digits there are.</summary>
    public int Count => _digits.Count;

    /// <summary>Lets the network name every digit.</summary>
    public static Evaluation Of(Network network, Digits digits) => new(digits, network.LogProbabilities(digits));

    /// <summary>The digit that the network sees in a picture.</summary>
    public int Prediction(int index) => _predictions[index];

    /// <summary>How probable the network holds a digit to be in a picture, 0 to 1.</summary>
    public double Probability(int index, int digit) =>
        Math.Exp(_logProbabilities[(index * Digits.Classes) + digit]);

    /// <summary>The pictures that it gets wrong.</summary>
    public int[] Mistakes() =>
        [.. Enumerable.Range(0, _digits.Count).Where(n => _predictions[n] != _digits.Label(n))];

    /// <summary>What is true and how probable the network holds each digit to be, for metrics.</summary>
    public ClassifierScores Scores()
    {
        var scores = new ClassifierScores(Digits.Classes);
        scores.Add(_logProbabilities, [.. Enumerable.Range(0, _digits.Count).Select(_digits.Label)]);
        return scores;
    }

    private static int IndexOfGreatest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
                best = i;
        }

        return best;
    }
}
