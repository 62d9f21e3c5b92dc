namespace TorchBoard.Interpretation;

/// <summary>An input that was changed until its score was high. Immutable, thread-safe.</summary>
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

    /// <summary>The input, in its own units, which no bound holds.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Its shape.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The scores before the first step, after each, and of the input itself as the last.</summary>
    public ReadOnlySpan<double> Scores => _scores;
}
