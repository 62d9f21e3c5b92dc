namespace TorchBoard.Interpretation;

/// <summary>
/// What the model says where only some features are there and the others are at their baselines: the game whose
/// players the features are.
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
    /// <param name="baselines">Rows of baselines; a coalition's worth is the mean over them.</param>
    /// <param name="options">Batch size and progress.</param>
    /// <param name="coalitions">How many coalitions will be played in all.</param>
    /// <param name="cancellationToken">Stops before the next batch.</param>
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

    /// <summary>The worth of each coalition.</summary>
    /// <param name="count">How many coalitions.</param>
    /// <param name="form">Says of a coalition which features are there; it is called with a cleared span.</param>
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

    /// <summary>An attribution of one value a feature.</summary>
    public Attribution Attribute(
        double[] featureValues, double score, double baselineScore, double[]? standardErrors = null) =>
        new(Features.Spread(featureValues), _input.Shape)
        {
            FeatureArray = featureValues,
            StandardErrorArray = standardErrors ?? [],
            Score = score,
            BaselineScore = baselineScore,
            IsInUnitsOfScore = true,
        };
}
