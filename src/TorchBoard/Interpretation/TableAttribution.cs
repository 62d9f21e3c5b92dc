namespace TorchBoard.Interpretation;

/// <summary>
/// The explanations of many rows of a table: how much each feature contributes to the score of each row. Immutable,
/// thread-safe.
/// </summary>
/// <remarks>
/// <c>Figure.Waterfall</c> draws one row, <c>Figure.Beeswarm</c> and <c>Figure.FeatureImportance</c> all rows, and
/// <c>Figure.Dependence</c> one feature.
/// </remarks>
public sealed class TableAttribution
{
    private readonly Attribution[] _rows;

    /// <summary>Combines explanations that were computed elsewhere.</summary>
    /// <param name="table">The explained rows.</param>
    /// <param name="explanations">The explanations of the rows, in their order, with a value per feature.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of rows and explanations differ, or an explanation has another number of features: features of
    /// tables are not grouped.
    /// </exception>
    public TableAttribution(FeatureTable table, IReadOnlyList<Attribution> explanations)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(explanations);
        Table = table;
        if (explanations.Count != table.Rows)
        {
            throw new ArgumentException(
                $"Expected {table.Rows} explanations, one per row; got {explanations.Count}.", nameof(explanations));
        }

        _rows = [.. explanations];
        for (int row = 0; row < _rows.Length; row++)
        {
            if (_rows[row] is null)
                throw new ArgumentException($"The explanation of row {row} is null.", nameof(explanations));
            if (_rows[row].FeatureValues.Length != table.FeatureNames.Count)
            {
                throw new ArgumentException(
                    $"Expected {table.FeatureNames.Count} values, one per feature, for each row; "
                    + $"row {row} has {_rows[row].FeatureValues.Length}.",
                    nameof(explanations));
            }
        }
    }

    /// <summary>The explained rows.</summary>
    public FeatureTable Table { get; }

    /// <summary>The explanation of each row.</summary>
    public IReadOnlyList<Attribution> Rows => _rows;

    /// <summary>Explains each row of a table with any method.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="explain">
    /// Explains a row, such as <c>row =&gt; KernelShap.Explain(predict, row, options: new() { Baseline = background
    /// })</c>; its batches are of the inputs for one row.
    /// </param>
    /// <param name="progress">Receives the fraction of rows explained after each row, greater than 0 up to 1.</param>
    /// <param name="cancellationToken">Cancels the work before the next row.</param>
    /// <returns>An explanation per row.</returns>
    /// <exception cref="ArgumentException">An explanation has another number of values than features.</exception>
    public static TableAttribution Explain(
        FeatureTable table, Func<float[], Attribution> explain, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(explain);
        var rows = new Attribution[table.Rows];
        for (int row = 0; row < rows.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows[row] = explain(table.Row(row).ToArray())
                ?? throw new ArgumentException($"The explanation of row {row} is null.", nameof(explain));
            progress?.Report((row + 1.0) / rows.Length);
        }

        return new TableAttribution(table, rows);
    }

    /// <summary>
    /// Explains each row for several classes with the calls of the model that one class needs; see
    /// <see cref="Attribution.ExplainClasses"/>.
    /// </summary>
    /// <param name="table">The rows.</param>
    /// <param name="predict">The model.</param>
    /// <param name="classes">The number of classes; at least 1.</param>
    /// <param name="explain">
    /// Explains a score of a row: <c>(predict, row) =&gt; KernelShap.Explain(predict, row)</c>.
    /// </param>
    /// <param name="progress">Receives the fraction of rows explained after each row, greater than 0 up to 1.</param>
    /// <param name="cancellationToken">Cancels the work before the next row.</param>
    /// <returns>The explanations of all rows for each class.</returns>
    /// <exception cref="ArgumentException">
    /// The number of classes is less than 1, or an explanation has another number of values than features.
    /// </exception>
    public static TableAttribution[] ExplainClasses(
        FeatureTable table, PredictClasses predict, int classes, Func<Predict, float[], Attribution> explain,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(explain);
        var rows = new Attribution[table.Rows][];
        for (int row = 0; row < rows.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] values = table.Row(row).ToArray();
            rows[row] = Attribution.ExplainClasses(predict, classes, model => explain(model, values));
            progress?.Report((row + 1.0) / rows.Length);
        }

        return
        [
            .. Enumerable.Range(0, classes)
                .Select(label => new TableAttribution(table, Array.ConvertAll(rows, row => row[label]))),
        ];
    }

    /// <summary>
    /// Returns explanations in which features that are one, such as the columns of a one-hot encoding, are put together:
    /// their attributions are summed.
    /// </summary>
    /// <param name="name">The name of the new feature.</param>
    /// <param name="features">
    /// The names of the features to put together, at least one. The value of the new feature in a row is the place of the
    /// largest of them in this list, from 0: the category of a one-hot encoding.
    /// </param>
    /// <returns>New explanations; the new feature is at the place of the first of <paramref name="features"/>.</returns>
    /// <exception cref="ArgumentException">
    /// A feature does not exist or appears twice, or another feature has the new name.
    /// </exception>
    public TableAttribution Together(string name, IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(name);
        int[] parts = Table.IndicesOf(features);
        int first = parts.Min();
        int[] kept = [.. Enumerable.Range(0, Table.FeatureNames.Count).Where(f => f == first || !parts.Contains(f))];
        List<float> values = [];
        var rows = new Attribution[_rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            float[] numbers = Table.Row(row).ToArray();
            double[] attributions = _rows[row].FeatureValues.ToArray();
            float[] ofParts = Array.ConvertAll(parts, part => numbers[part]);
            values.AddRange(kept.Select(f => f == first ? Array.IndexOf(ofParts, ofParts.Max()) : numbers[f]));
            rows[row] = new Attribution(
                [.. kept.Select(f => f == first ? parts.Sum(part => attributions[part]) : attributions[f])])
            {
                Score = _rows[row].Score,
                BaselineScore = _rows[row].BaselineScore,
                IsInUnitsOfScore = _rows[row].IsInUnitsOfScore,
            };
        }

        string[] names = [.. kept.Select(f => f == first ? name : Table.FeatureNames[f])];
        return new TableAttribution(new FeatureTable([.. values], names), rows);
    }

    /// <summary>Returns the attributions of a feature.</summary>
    /// <param name="feature">Its name.</param>
    /// <returns>A new array with an attribution per row.</returns>
    /// <exception cref="ArgumentException">No feature has this name.</exception>
    public double[] Column(string feature) => Column(Table.IndexOf(feature));

    /// <summary>
    /// Returns the importance of each feature: the mean magnitude of its attributions over the rows, as in shap's bar
    /// plot.
    /// </summary>
    /// <returns>A new array with a number per feature, at least 0, in units of the attributions.</returns>
    public double[] MeanMagnitudes()
    {
        double[] sums = new double[Table.FeatureNames.Count];
        foreach (Attribution row in _rows)
        {
            for (int f = 0; f < sums.Length; f++)
                sums[f] += Math.Abs(row.FeatureValues[f]);
        }

        return Array.ConvertAll(sums, sum => sum / _rows.Length);
    }

    internal double[] Column(int feature) => Array.ConvertAll(_rows, row => row.FeatureValues[feature]);

    /// <summary>Returns the features from the most to the least important; equal ones keep their order.</summary>
    internal int[] ByImportance()
    {
        double[] means = MeanMagnitudes();
        return [.. Enumerable.Range(0, means.Length).OrderByDescending(feature => means[feature])];
    }
}
