using TorchBoard.Metrics;

namespace Quickstart;

/// <summary>The evaluation of a network on a set of digits.</summary>
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

    /// <summary>The share of correctly recognized digits, 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>The number of digits.</summary>
    public int Count => _digits.Count;

    /// <summary>Evaluates the network on every digit.</summary>
    public static Evaluation Of(Network network, Digits digits) => new(digits, network.LogProbabilities(digits));

    /// <summary>Returns the network's prediction for a picture.</summary>
    public int Prediction(int index) => _predictions[index];

    /// <summary>Returns the network's probability of a digit for a picture, 0 to 1.</summary>
    public double Probability(int index, int digit) =>
        Math.Exp(_logProbabilities[(index * Digits.Classes) + digit]);

    /// <summary>Returns the indices of the wrongly recognized pictures.</summary>
    public int[] Mistakes() =>
        [.. Enumerable.Range(0, _digits.Count).Where(n => _predictions[n] != _digits.Label(n))];

    /// <summary>Returns the labels and the probabilities of each digit, for metrics.</summary>
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
