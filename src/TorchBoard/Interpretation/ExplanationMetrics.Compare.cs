namespace TorchBoard.Interpretation;

public static partial class ExplanationMetrics
{
    /// <summary>Compares methods on one or several inputs by all measures.</summary>
    /// <param name="predict">
    /// The model. For each method and input it evaluates <c>2 × Samples + Subsets + 130</c> inputs or fewer, besides the
    /// explanations: <c>1 + Samples</c> per method and input.
    /// </param>
    /// <param name="inputs">The inputs, one after another.</param>
    /// <param name="shape">The shape of one input.</param>
    /// <param name="methods">
    /// The methods, such as <c>("SHAP", x =&gt; KernelShap.Explain(predict, x, shape))</c>; at least one.
    /// </param>
    /// <param name="options">Samples, subsets, baseline, seed, progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>The means over the inputs, in the order of the methods.</returns>
    /// <exception cref="ArgumentException">
    /// There are no methods or no inputs, sizes do not match, a number is not finite, or the model returned a score that
    /// is not finite.
    /// </exception>
    public static IReadOnlyList<ExplanationQuality> Compare(
        Predict predict, ReadOnlySpan<float> inputs, ReadOnlySpan<int> shape,
        IReadOnlyList<(string Name, Func<float[], Attribution> Explain)> methods,
        ExplanationMetricOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(methods);
        options ??= ExplanationMetricOptions.Default;
        ThrowIfNone(methods.Count, nameof(methods));
        float[][] rows = RowsOf(inputs, shape);
        int[] sizes = shape.ToArray();
        ExplanationMetricOptions silent = options with { Progress = null };
        var compared = new ExplanationQuality[methods.Count];
        for (int m = 0; m < compared.Length; m++)
        {
            (string name, Func<float[], Attribution> explain) = methods[m];
            ArgumentNullException.ThrowIfNull(name, nameof(methods));
            ArgumentNullException.ThrowIfNull(explain, nameof(methods));
            var own = new ExplanationQuality[rows.Length];
            for (int i = 0; i < own.Length; i++)
            {
                Attribution attribution = explain([.. rows[i]])
                    ?? throw new ArgumentException($"The explanation of '{name}' is null.", nameof(methods));
                own[i] = QualityOf(name, predict, rows[i], sizes, attribution, silent, cancellationToken) with
                {
                    MaxSensitivity = MaxSensitivity(explain, rows[i], silent, cancellationToken),
                };
                options.Progress?.Report(((m * own.Length) + i + 1.0) / (compared.Length * own.Length));
            }

            compared[m] = MeanOf(name, own);
        }

        return compared;
    }

    /// <summary>
    /// Compares explanations of one input that are already computed, by all measures except the maximum sensitivity,
    /// which needs the methods themselves.
    /// </summary>
    /// <param name="predict">The model.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape.</param>
    /// <param name="attributions">The explanations with the names of their methods; at least one.</param>
    /// <param name="options">Samples, subsets, baseline, seed, progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>The measures, in the order of the explanations.</returns>
    /// <exception cref="ArgumentException">
    /// There are no explanations, sizes do not match, a number is not finite, or the model returned a score that is not
    /// finite.
    /// </exception>
    public static IReadOnlyList<ExplanationQuality> Compare(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape,
        IReadOnlyList<(string Name, Attribution Attribution)> attributions,
        ExplanationMetricOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        options ??= ExplanationMetricOptions.Default;
        ThrowIfNone(attributions.Count, nameof(attributions));
        ExplanationMetricOptions silent = options with { Progress = null };
        var compared = new ExplanationQuality[attributions.Count];
        for (int m = 0; m < compared.Length; m++)
        {
            (string name, Attribution attribution) = attributions[m];
            ArgumentNullException.ThrowIfNull(name, nameof(attributions));
            ArgumentNullException.ThrowIfNull(attribution, nameof(attributions));
            compared[m] = QualityOf(name, predict, input, shape, attribution, silent, cancellationToken);
            options.Progress?.Report((m + 1.0) / compared.Length);
        }

        return compared;
    }

    private static ExplanationQuality QualityOf(
        string name, Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        ExplanationMetricOptions options, CancellationToken cancellationToken)
    {
        var perturbation = new PerturbationOptions
        {
            Baseline = options.Baseline,
            BatchSize = options.BatchSize,
            Seed = options.Seed,
        };
        (double drop, bool increases) =
            ConfidenceChange(predict, input, shape, attribution, options, cancellationToken);
        return new ExplanationQuality(name)
        {
            FaithfulnessCorrelation =
                FaithfulnessCorrelation(predict, input, shape, attribution, options, cancellationToken),
            Infidelity = Infidelity(predict, input, shape, attribution, options, cancellationToken),
            AverageDrop = drop,
            Increase = increases ? 1 : 0,
            Deletion = PerturbationCurve.Deletion(
                predict, input, shape, attribution, perturbation, cancellationToken).Area,
            Insertion = PerturbationCurve.Insertion(
                predict, input, shape, attribution, perturbation, cancellationToken).Area,
            Road = RoadOf(
                predict, input, shape, attribution, perturbation with { Steps = 10 }, cancellationToken),
        };
    }

    /// <summary>Returns half the difference of the areas, least important pixels first minus most important first.</summary>
    private static double RoadOf(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        PerturbationOptions options, CancellationToken cancellationToken)
    {
        if (shape.Length != 3 || shape[1] * shape[2] < 2)
            return double.NaN;
        Attribution plane = attribution.Shape.Length == 3 ? attribution.SumOverChannels() : attribution;
        if (plane.Values.Length != shape[1] * shape[2])
            return double.NaN;
        double least = Road(leastFirst: true, input, shape);
        double most = Road(leastFirst: false, input, shape);
        return (least - most) / 2;

        double Road(bool leastFirst, ReadOnlySpan<float> picture, ReadOnlySpan<int> sizes) => PerturbationCurve.Road(
            predict, picture, sizes, plane, leastFirst, options, cancellationToken).Area;
    }

    private static ExplanationQuality MeanOf(string name, ExplanationQuality[] inputs)
    {
        return new ExplanationQuality(name)
        {
            FaithfulnessCorrelation = Mean(quality => quality.FaithfulnessCorrelation),
            Infidelity = Mean(quality => quality.Infidelity),
            MaxSensitivity = Mean(quality => quality.MaxSensitivity),
            AverageDrop = Mean(quality => quality.AverageDrop),
            Increase = Mean(quality => quality.Increase),
            Deletion = Mean(quality => quality.Deletion),
            Insertion = Mean(quality => quality.Insertion),
            Road = Mean(quality => quality.Road),
        };

        double Mean(Func<ExplanationQuality, double> measure) =>
            inputs.Select(measure).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
    }

    private static float[][] RowsOf(ReadOnlySpan<float> inputs, ReadOnlySpan<int> shape)
    {
        long size = 1;
        foreach (int length in shape)
            size = Math.Min(size * Math.Max(length, 0), int.MaxValue);
        if (inputs.IsEmpty || size < 1 || inputs.Length % size != 0)
        {
            throw new ArgumentException(
                $"Expected one or several inputs of the shape {Argument.Text(shape)}; got {inputs.Length} values.",
                nameof(inputs));
        }

        return [.. inputs.ToArray().Chunk((int)size)];
    }

    private static void ThrowIfNone(int count, string argument)
    {
        if (count == 0)
            throw new ArgumentException("At least one explanation is required.", argument);
    }
}
