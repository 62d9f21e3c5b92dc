namespace TorchBoard.Interpretation;

/// <summary>A checked copy of the input to explain.</summary>
internal sealed class ExplainedInput
{
    public ExplainedInput(ReadOnlySpan<float> input, ReadOnlySpan<int> shape)
    {
        if (input.IsEmpty)
            throw new ArgumentException("The input must have at least one value.", nameof(input));
        Argument.Finite(input, nameof(input));
        Shape = Argument.Shape(shape, input.Length, nameof(shape));
        Values = input.ToArray();
    }

    public float[] Values { get; }

    public int[] Shape { get; }

    public int Length => Values.Length;

    /// <summary>
    /// Returns one baseline: zeros if none is given, one number repeated, or one number per value of the input.
    /// </summary>
    public float[] Baseline(float[]? baseline)
    {
        if (baseline?.Length is not (null or 1) && baseline.Length != Length)
        {
            throw new ArgumentException(
                $"The baseline must be 1 value or {Length}, as many as the input; got {baseline.Length}.",
                nameof(baseline));
        }

        return Baselines(baseline);
    }

    /// <summary>Returns rows of baselines, each as long as the input.</summary>
    public float[] Baselines(float[]? baseline)
    {
        float[] rows = new float[Math.Max(baseline?.Length ?? 0, Length)];
        if (baseline is null)
            return rows;

        Argument.Finite(baseline, nameof(baseline));
        if (baseline.Length == 1)
        {
            Array.Fill(rows, baseline[0]);
        }
        else if (baseline.Length > 0 && baseline.Length % Length == 0)
        {
            baseline.CopyTo(rows, 0);
        }
        else
        {
            throw new ArgumentException(
                $"The baseline must be 1 value or rows of {Length}, like the input; got {baseline.Length} values.",
                nameof(baseline));
        }

        return rows;
    }
}
