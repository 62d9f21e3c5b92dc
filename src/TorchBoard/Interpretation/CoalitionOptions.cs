namespace TorchBoard.Interpretation;

/// <summary>The options that methods for Shapley values share. Immutable, thread-safe.</summary>
public abstract record CoalitionOptions : ExplanationOptions
{
    /// <summary>
    /// Values that replace absent features: one number for all, or rows as long as the input, such as training
    /// examples; the score is then the mean over the rows. Zeros by default.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>
    /// Maximum number of rows of <see cref="Baseline"/> to use; at least 1, 100 by default. If there are more, that
    /// many are drawn at random without replacement. The cost is proportional to the number of rows.
    /// </summary>
    public int MaxBaselineRows
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(MaxBaselineRows));
    } = 100;

    /// <inheritdoc cref="FeatureOptions.Groups"/>
    public int[]? Groups { get; init; }

    internal float[] BaselineRows(ExplainedInput input)
    {
        float[] rows = input.Baselines(Baseline);
        int count = rows.Length / input.Length;
        if (count <= MaxBaselineRows)
            return rows;

        int[] drawn = [.. Enumerable.Range(0, count)];
        new Random(Seed).Shuffle(drawn);
        return [.. drawn.Take(MaxBaselineRows).Order()
            .SelectMany(row => rows.Skip(row * input.Length).Take(input.Length))];
    }
}
