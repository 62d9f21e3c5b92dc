using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace TorchBoard.Interpretation;

/// <summary>
/// A model of several classes, whose scores for the first class explained are kept, so that the same inputs need no other
/// call.
/// </summary>
internal sealed class ClassScores
{
    private readonly PredictClasses _predict;
    private readonly List<(UInt128 Inputs, double[] Scores)> _calls = [];

    public ClassScores(PredictClasses predict, int classes)
    {
        ArgumentNullException.ThrowIfNull(predict);
        _predict = predict;
        Classes = Argument.AtLeast(classes, 1, nameof(classes));
    }

    public int Classes { get; }

    /// <summary>Returns the model of a class's score, to be called from the first input on.</summary>
    public Predict Of(int label)
    {
        int next = 0;
        return (inputs, count, scores) =>
        {
            UInt128 key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(inputs));
            if (next == _calls.Count)
                _calls.Add((key, Called(inputs, count)));
            double[] all = _calls[next].Inputs == key ? _calls[next].Scores : Called(inputs, count);
            next++;
            for (int i = 0; i < count; i++)
                scores[i] = all[(i * Classes) + label];
        };
    }

    private double[] Called(ReadOnlySpan<float> inputs, int count)
    {
        double[] scores = new double[checked(count * Classes)];
        _predict(inputs, count, scores);
        return scores;
    }
}
