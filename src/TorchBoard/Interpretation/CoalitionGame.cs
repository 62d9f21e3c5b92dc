namespace TorchBoard.Interpretation;

/// <summary>
/// A cooperative game whose players are the features: a coalition's worth is the score with only its features present
/// and the others at their baselines.
/// </summary>
internal sealed class CoalitionGame
{
    private readonly Predict _predict;
    private readonly ExplainedInput _input;
    private readonly float[] _baselines;
    private readonly Batches _batches;

    /// <param name="predict">The model.</param>
    /// <param name="input">The input.</param>
    /// <param name="features">Its features.</param>
    /// <param name="baselines">Rows of baselines; a coalition's worth is the mean over the rows.</param>
    /// <param name="options">Batch size and progress.</param>
    /// <param name="coalitions">Total number of coalitions to evaluate.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    public CoalitionGame(
        Predict predict, ExplainedInput input, FeatureGroups features, float[] baselines, ExplanationOptions options,
        int coalitions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(predict);
        _predict = predict;
        _input = input;
        Features = features;
        _baselines = baselines;
        _batches = new Batches(input.Length, options, checked(coalitions * Rows), cancellationToken);
    }

    public FeatureGroups Features { get; }

    private int Rows => _baselines.Length / _input.Length;

    /// <summary>Returns the worth of each coalition.</summary>
    /// <param name="count">Number of coalitions.</param>
    /// <param name="form">Sets which features are present in a coalition; receives a cleared span.</param>
    public double[] Worths(int count, Action<int, Span<bool>> form)
    {
        bool[] isThere = new bool[Features.Count];
        double[] scores = _batches.Scores(_predict, checked(count * Rows), (index, mixed) =>
        {
            (int coalition, int row) = Math.DivRem(index, Rows);
            if (row == 0)
            {
                Array.Clear(isThere);
                form(coalition, isThere);
            }

            Features.Mix(isThere, _input.Values, _baselines.AsSpan(row * _input.Length, _input.Length), mixed);
        });

        double[] worths = new double[count];
        for (int i = 0; i < scores.Length; i++)
            worths[i / Rows] += scores[i] / Rows;
        return worths;
    }

    /// <summary>Creates an attribution with one value per feature.</summary>
    public Attribution Attribute(
        double[] featureValues, double score, double baselineScore, double[]? standardErrors = null,
        int? rank = null) =>
        new(Features.Spread(featureValues), _input.Shape)
        {
            FeatureArray = featureValues,
            StandardErrorArray = standardErrors ?? [],
            Score = score,
            BaselineScore = baselineScore,
            IsInUnitsOfScore = true,
            Rank = rank,
        };
}
