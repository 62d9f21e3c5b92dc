namespace TorchBoard.Interpretation;

/// <summary>An input that was optimized to have a high score. Immutable, thread-safe.</summary>
public sealed class MaximizedInput
{
    private readonly float[] _values;
    private readonly int[] _shape;
    private readonly double[] _scores;

    internal MaximizedInput(float[] values, int[] shape, double[] scores)
    {
        _values = values;
        _shape = shape;
        _scores = scores;
    }

    /// <summary>The input, in its own units and unbounded.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The shape of the input.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>
    /// The score before the first step and after each step; the last is the score of the input itself.
    /// </summary>
    public ReadOnlySpan<double> Scores => _scores;
}
