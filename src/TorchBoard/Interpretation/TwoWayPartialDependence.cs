namespace TorchBoard.Interpretation;

/// <summary>
/// Two-way partial dependence: the mean score of the rows of a table as a function of two features, with the others as
/// they are, which shows how the two interact. Immutable, thread-safe.
/// </summary>
/// <remarks><c>Figure.PartialDependence</c> draws it. See <see cref="PartialDependence"/> for one feature.</remarks>
public sealed class TwoWayPartialDependence
{
    private readonly float[] _firstGrid;
    private readonly float[] _secondGrid;
    private readonly double[] _mean;

    private TwoWayPartialDependence(
        string first, string second, float[] firstGrid, float[] secondGrid, double[] mean)
    {
        (FirstName, SecondName) = (first, second);
        (_firstGrid, _secondGrid, _mean) = (firstGrid, secondGrid, mean);
    }

    /// <summary>The name of the first feature.</summary>
    public string FirstName { get; }

    /// <summary>The name of the second feature.</summary>
    public string SecondName { get; }

    /// <summary>The values of the first feature, ascending.</summary>
    public ReadOnlySpan<float> FirstGrid => _firstGrid;

    /// <summary>The values of the second feature, ascending.</summary>
    public ReadOnlySpan<float> SecondGrid => _secondGrid;

    /// <summary>The mean score of the rows for each pair of values: shape [first, second].</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Scores all rows with two features set to each pair of values.</summary>
    /// <param name="predict">The model; it evaluates at most rows × points² inputs.</param>
    /// <param name="table">The rows.</param>
    /// <param name="first">The name of the first feature, drawn from left to right.</param>
    /// <param name="second">The name of the second feature, drawn upwards.</param>
    /// <param name="points">
    /// The number of values of each feature; at least 2, 20 by default, where scikit-learn has 100. They are chosen as
    /// those of <see cref="PartialDependence.Explain"/>.
    /// </param>
    /// <param name="options">Batch size, progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>A mean score for each pair of values.</returns>
    /// <exception cref="ArgumentException">
    /// No feature has one of the names, both are the same, points is less than 2, or the model returned a score that is
    /// not finite.
    /// </exception>
    public static TwoWayPartialDependence Explain(
        Predict predict, FeatureTable table, string first, string second, int points = 20,
        BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(table);
        Argument.AtLeast(points, 2, nameof(points));
        int[] indices = table.IndicesOf([first, second]);
        float[] firstGrid = PartialDependence.GridOf(table.Column(indices[0]), points);
        float[] secondGrid = PartialDependence.GridOf(table.Column(indices[1]), points);

        // The rows are scored for one value of the first feature after the other, so that only their means are kept.
        int pairs = firstGrid.Length * secondGrid.Length;
        double[] sums = new double[pairs];
        int count = checked(pairs * table.Rows);
        var batches = new Batches(
            table.FeatureNames.Count, options ?? BatchOptions.Default, count, cancellationToken);
        batches.Scores(
            predict,
            count,
            (i, input) =>
            {
                (int pair, int row) = Math.DivRem(i, table.Rows);
                table.Row(row).CopyTo(input);
                input[indices[0]] = firstGrid[pair / secondGrid.Length];
                input[indices[1]] = secondGrid[pair % secondGrid.Length];
            },
            (i, score) => sums[i / table.Rows] += score);
        return new TwoWayPartialDependence(
            first, second, firstGrid, secondGrid, Array.ConvertAll(sums, sum => sum / table.Rows));
    }
}
