using System.Numerics.Tensors;

namespace TorchBoard.Interpretation;

/// <summary>The common part of several models' explanations, and their differences. Immutable, thread-safe.</summary>
public sealed class EnsembleAttribution
{
    private readonly Attribution[] _members;

    /// <summary>Combines explanations that were computed elsewhere.</summary>
    /// <param name="members">One explanation per model, all of one shape; at least one.</param>
    /// <exception cref="ArgumentException">There are no explanations, or their shapes differ.</exception>
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

    /// <summary>The explanation of each model, in the order of the models.</summary>
    public IReadOnlyList<Attribution> Members => _members;

    /// <summary>
    /// The mean of the explanations, in their unit, with the means of scores and deltas if all members have them. For
    /// methods that are linear in the score (gradients, Shapley values, ablation), this explains the mean of the
    /// models' scores.
    /// </summary>
    public Attribution Mean { get; }

    /// <summary>
    /// The standard deviation of the explanations, in their unit; 0 for a single model. It is the population standard
    /// deviation: the divisor is the number of members.
    /// </summary>
    public Attribution StandardDeviation { get; }

    /// <summary>The fraction of models whose sign differs from that of the mean, 0 to 1.</summary>
    public Attribution Disagreement { get; }

    /// <summary>Explains a score with each of several models.</summary>
    /// <typeparam name="TModel">
    /// The type of a model: <see cref="Predict"/>, <see cref="Gradient"/> or any other type.
    /// </typeparam>
    /// <param name="models">The models; at least one.</param>
    /// <param name="explain">
    /// Explains with one model, such as <c>model =&gt; KernelShap.Explain(model, input)</c>; all results must have one
    /// shape.
    /// </param>
    /// <param name="progress">
    /// Receives the fraction of models explained after each model, greater than 0 up to 1.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next model.</param>
    /// <returns>Mean, standard deviation and disagreement, of the explanations' shape.</returns>
    /// <exception cref="ArgumentException">There are no models, or the explanations' shapes differ.</exception>
    public static EnsembleAttribution Explain<TModel>(
        IReadOnlyList<TModel> models, Func<TModel, Attribution> explain, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(explain);
        if (models.Count == 0)
            throw new ArgumentException("At least one model is required.", nameof(models));

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
            throw new ArgumentException("At least one explanation is required.", argument);
        foreach (Attribution member in members)
        {
            if (member is null)
                throw new ArgumentException("An explanation is null.", argument);
            if (!member.Shape.SequenceEqual(members[0].Shape))
            {
                throw new ArgumentException(
                    $"All explanations must have one shape; got {Argument.Text(members[0].Shape)} and "
                    + $"{Argument.Text(member.Shape)}.",
                    argument);
            }
        }
    }

    private double? MeanOf(Func<Attribution, double?> value) =>
        Array.TrueForAll(_members, member => value(member) is not null) ? _members.Average(value) : null;
}
