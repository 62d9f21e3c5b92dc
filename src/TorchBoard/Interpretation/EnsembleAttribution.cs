using System.Numerics.Tensors;

namespace TorchBoard.Interpretation;

/// <summary>
/// What the explanations of several models have in common, and where they differ. Immutable, thread-safe.
/// </summary>
public sealed class EnsembleAttribution
{
    private readonly Attribution[] _members;

    /// <summary>Joins explanations that were made elsewhere.</summary>
    /// <param name="members">One for each model, of one shape; at least one.</param>
    /// <exception cref="ArgumentException">There are none, or their shapes differ.</exception>
    public EnsembleAttribution(IReadOnlyList<Attribution> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        ThrowIfDifferent(members, nameof(members));
        _members = [.. members];
        int count = _members.Length;
        int[] shape = [.. _members[0].Shape];
        double[] mean = new double[_members[0].Values.Length];
        double[] deviation = new double[mean.Length];
        double[] disagreement = new double[mean.Length];
        foreach (Attribution member in _members)
            TensorPrimitives.MultiplyAdd(member.Values, 1.0 / count, mean, mean);
        foreach (Attribution member in _members)
        {
            for (int i = 0; i < mean.Length; i++)
            {
                double difference = member.Values[i] - mean[i];
                deviation[i] += difference * difference / count;
                disagreement[i] += Math.Sign(member.Values[i]) != Math.Sign(mean[i]) ? 1.0 / count : 0;
            }
        }

        TensorPrimitives.Sqrt<double>(deviation, deviation);
        bool isInUnitsOfScore = Array.TrueForAll(_members, member => member.IsInUnitsOfScore);
        Mean = new Attribution(mean, shape)
        {
            Score = MeanOf(member => member.Score),
            BaselineScore = MeanOf(member => member.BaselineScore),
            Delta = MeanOf(member => member.Delta),
            IsInUnitsOfScore = isInUnitsOfScore,
        };
        StandardDeviation = new Attribution(deviation, shape)
        {
            Score = Mean.Score,
            BaselineScore = Mean.BaselineScore,
            IsInUnitsOfScore = isInUnitsOfScore,
        };
        Disagreement = new Attribution(disagreement, shape);
    }

    /// <summary>The explanation of each model, in their order.</summary>
    public IReadOnlyList<Attribution> Members => _members;

    /// <summary>
    /// The mean of the explanations, in their unit, with the means of scores and deltas where all members have them.
    /// For methods that are linear in the score (gradients, Shapley values, ablation) this is what explains the mean of
    /// the models' scores.
    /// </summary>
    public Attribution Mean { get; }

    /// <summary>
    /// How far the explanations lie apart: their standard deviation, in their unit; 0 for a single model. That of the
    /// members themselves, divided by their number and not by one less.
    /// </summary>
    public Attribution StandardDeviation { get; }

    /// <summary>The share of the models whose sign differs from the mean's, 0 to 1.</summary>
    public Attribution Disagreement { get; }

    /// <summary>Explains with each of several models.</summary>
    /// <typeparam name="TModel">
    /// What a model is: a <see cref="Predict"/>, a <see cref="Gradient"/>, or any type of one's own.
    /// </typeparam>
    /// <param name="models">The models; at least one.</param>
    /// <param name="explain">
    /// Explains with one of them, such as <c>model =&gt; KernelShap.Explain(model, input)</c>; the results must be of
    /// one shape.
    /// </param>
    /// <param name="progress">Receives the share of the models that were explained, above 0 to 1, after each.</param>
    /// <param name="cancellationToken">Stops the work before the next model.</param>
    /// <returns>Mean, spread and disagreement, of the explanations' shape.</returns>
    /// <exception cref="ArgumentException">There is no model, or the explanations' shapes differ.</exception>
    public static EnsembleAttribution Explain<TModel>(
        IReadOnlyList<TModel> models, Func<TModel, Attribution> explain, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(explain);
        if (models.Count == 0)
            throw new ArgumentException("There is no model; at least one is wanted.", nameof(models));

        var members = new Attribution[models.Count];
        for (int i = 0; i < members.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            members[i] = explain(models[i]);
            progress?.Report((i + 1.0) / members.Length);
        }

        ThrowIfDifferent(members, nameof(explain));
        return new EnsembleAttribution(members);
    }

    internal static void ThrowIfDifferent(IReadOnlyList<Attribution> members, string argument)
    {
        if (members.Count == 0)
            throw new ArgumentException("There is no explanation; at least one is wanted.", argument);
        foreach (Attribution member in members)
        {
            if (member is null)
                throw new ArgumentException("An explanation is null.", argument);
            if (!member.Shape.SequenceEqual(members[0].Shape))
            {
                throw new ArgumentException(
                    $"Explanations of one shape are wanted; there are {Argument.Text(members[0].Shape)} and "
                    + $"{Argument.Text(member.Shape)}.",
                    argument);
            }
        }
    }

    private double? MeanOf(Func<Attribution, double?> value) =>
        Array.TrueForAll(_members, member => value(member) is not null) ? _members.Average(value) : null;
}
