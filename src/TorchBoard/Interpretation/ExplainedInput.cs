namespace TorchBoard.Interpretation;

/// <summary>The input that is explained, checked and copied.</summary>
internal sealed class ExplainedInput
{
    public ExplainedInput(ReadOnlySpan<float> input, ReadOnlySpan<int> shape)
    {
        if (input.IsEmpty)
            throw new ArgumentException("The input is empty; at least one number is wanted.", nameof(input));
        Argument.Finite(input, nameof(input));
        Shape = Argument.Shape(shape, input.Length, nameof(shape));
        Values = input.ToArray();
    }

    public float[] Values { get; }

    public int[] Shape { get; }

    public int Length => Values.Length;

    /// <summary>One baseline: zeros where none is given, one number for all, or a number each.</summary>
    public float[] Baseline(float[]? baseline)
    {
        if (baseline?.Length is not (null or 1) && baseline.Length != Length)
        {
            throw new ArgumentException(
                $"A baseline is one number, or {Length}, as the input has; {baseline.Length} given.", nameof(baseline));
        }

        return Baselines(baseline);
    }

    /// <summary>Rows of baselines, each as long as the input.</summary>
    public float[] Baselines(float[]? baseline)
    {
        float[] rows = new float[Math.Max(baseline?.Length ?? 0, Length)];
        if (baseline is null)
            return rows;

        Argument.Finite(baseline, nameof(baseline));
        if (baseline.Length == 1)
            Array.Fill(rows, baseline[0]);
        else if (baseline.Length > 0 && baseline.Length % Length == 0)
            baseline.CopyTo(rows, 0);
        else
        {
            throw new ArgumentException(
                $"A baseline is one number, or rows of {Length}, as the input has; {baseline.Length} numbers given.",
                nameof(baseline));
        }

        return rows;
    }
}
