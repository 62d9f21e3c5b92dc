namespace TorchBoard.Interpretation;

/// <summary>Sets which features are present in the coalition with an index.</summary>
internal delegate void FormCoalition(int index, Span<bool> members);

/// <summary>Receives the worth of the coalition with an index.</summary>
internal delegate void TakeCoalition(int index, ReadOnlySpan<bool> members, double worth);

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
    private readonly int _batchSize;

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
        _batchSize = options.BatchSize;
        _batches = new Batches(input.Length, options, checked(coalitions * Rows), cancellationToken);
    }

    public FeatureGroups Features { get; }

    private int Rows => _baselines.Length / _input.Length;

    /// <summary>Returns the worth of each coalition.</summary>
    /// <param name="count">Number of coalitions.</param>
    /// <param name="form">Sets which features are present in a coalition; receives a cleared span.</param>
    public double[] Worths(int count, FormCoalition form)
    {
        double[] worths = new double[count];
        Play(count, form, (coalition, _, worth) => worths[coalition] = worth);
        return worths;
    }

    /// <summary>Evaluates coalitions in order. The memory does not depend on their number.</summary>
    /// <param name="count">Number of coalitions.</param>
    /// <param name="form">Sets which features are present in a coalition; receives a cleared span.</param>
    /// <param name="take">Receives the coalition and its worth, in the same order.</param>
    public void Play(int count, FormCoalition form, TakeCoalition take)
    {
        // A batch is formed before its scores are known, and can begin with the last rows of a coalition.
        int slots = Math.Min(count, _batchSize + 1);
        bool[] formed = new bool[checked(slots * Features.Count)];
        double worth = 0;
        _batches.Scores(
            _predict,
            checked(count * Rows),
            (index, mixed) =>
            {
                (int coalition, int row) = Math.DivRem(index, Rows);
                Span<bool> members = MembersOf(coalition);
                if (row == 0)
                {
                    members.Clear();
                    form(coalition, members);
                }

                Features.Mix(members, _input.Values, _baselines.AsSpan(row * _input.Length, _input.Length), mixed);
            },
            (index, score) =>
            {
                (int coalition, int row) = Math.DivRem(index, Rows);
                worth = (row == 0 ? 0 : worth) + (score / Rows);
                if (row == Rows - 1)
                    take(coalition, MembersOf(coalition), worth);
            });

        Span<bool> MembersOf(int coalition) => formed.AsSpan(coalition % slots * Features.Count, Features.Count);
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
