namespace TorchBoard.Interpretation;

/// <summary>
/// Partial dependence: the mean score of the rows of a table as a function of one feature, with the others as they are.
/// Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", 2001. The curves of the rows are the
/// individual conditional expectation (ICE). Goldstein et al., "Peeking Inside the Black Box: Visualizing Statistical
/// Learning with Plots of Individual Conditional Expectation", 2015. Immutable, thread-safe.
/// </summary>
public sealed class PartialDependence
{
    /// <summary>The number of points of a grid that is not given: 100, as in scikit-learn.</summary>
    public const int DefaultPoints = 100;

    private const double Lowest = 0.05;
    private const double Highest = 0.95;

    private readonly float[] _grid;
    private readonly double[] _scores;

    private PartialDependence(
        string featureName, float[] column, float[] grid, double[] scores, IReadOnlyList<string> categories)
    {
        FeatureName = featureName;
        Column = column;
        Categories = categories;
        _grid = grid;
        _scores = scores;
    }

    /// <summary>The name of the feature.</summary>
    public string FeatureName { get; }

    /// <summary>
    /// The names of the categories of a one-hot encoding, for each value of <see cref="Grid"/>; empty for a number.
    /// </summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>
    /// The values of the feature at which the rows were scored, ascending; 0, 1, 2, … for categories.
    /// </summary>
    public ReadOnlySpan<float> Grid => _grid;

    /// <summary>The scores of each row for each value of the grid: shape [rows, grid].</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>Number of rows.</summary>
    public int Rows => _scores.Length / _grid.Length;

    internal float[] Column { get; }

    /// <summary>Scores each row with a feature set to each value of a grid.</summary>
    /// <param name="predict">The model; it evaluates rows × points inputs.</param>
    /// <param name="table">The rows.</param>
    /// <param name="feature">The name of the feature.</param>
    /// <param name="grid">
    /// The values of the feature, finite, in any order. By default those of scikit-learn: all values that occur if they
    /// are fewer than 100, which is one for a constant feature; otherwise 100 at equal distances from the 5th to the
    /// 95th percentile. If these are equal, they extend from the smallest value to the largest, where scikit-learn
    /// refuses.
    /// </param>
    /// <param name="options">Batch size, progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>A score for each row and value.</returns>
    /// <exception cref="ArgumentException">
    /// No feature has this name, a value of the grid is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static PartialDependence Explain(
        Predict predict, FeatureTable table, string feature, ReadOnlySpan<float> grid = default,
        BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(table);
        int index = table.IndexOf(feature);
        Argument.Finite(grid, nameof(grid));
        float[] column = table.Column(index);
        float[] points = grid.IsEmpty ? GridOf(column, DefaultPoints) : [.. grid.ToArray().Distinct().Order()];
        double[] scores = ScoresOf(
            predict, table, points.Length, (point, input) => input[index] = points[point], options, cancellationToken);
        return new PartialDependence(feature, column, points, scores, []);
    }

    /// <summary>Scores each row with each category of a one-hot encoding: its column 1, the others 0.</summary>
    /// <param name="predict">The model; it evaluates rows × categories inputs.</param>
    /// <param name="table">The rows.</param>
    /// <param name="feature">The name of the feature that is encoded, for the figure.</param>
    /// <param name="columns">The names of the columns of the encoding, one for each category.</param>
    /// <param name="options">Batch size, progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>A score for each row and category.</returns>
    /// <exception cref="ArgumentException">
    /// A column does not exist or appears twice, or the model returned a score that is not finite.
    /// </exception>
    public static PartialDependence ExplainCategories(
        Predict predict, FeatureTable table, string feature, IReadOnlyList<string> columns,
        BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(feature);
        int[] indices = table.IndicesOf(columns);
        double[] scores = ScoresOf(
            predict, table, indices.Length,
            (category, input) =>
            {
                for (int c = 0; c < indices.Length; c++)
                    input[indices[c]] = c == category ? 1 : 0;
            },
            options, cancellationToken);
        return new PartialDependence(
            feature, [], [.. Enumerable.Range(0, indices.Length).Select(c => (float)c)], scores, [.. columns]);
    }

    /// <summary>Returns the partial dependence: the mean score of the rows for each value of the grid.</summary>
    /// <returns>A new array with a score per value.</returns>
    public double[] Mean()
    {
        double[] mean = new double[_grid.Length];
        for (int i = 0; i < _scores.Length; i++)
            mean[i % mean.Length] += _scores[i];
        return Array.ConvertAll(mean, sum => sum / Rows);
    }

    /// <summary>Returns the individual conditional expectation of a row: its score for each value of the grid.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row does not exist.</exception>
    public ReadOnlySpan<double> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        return _scores.AsSpan(row * _grid.Length, _grid.Length);
    }

    /// <summary>Returns the values that occur, or points between two percentiles if they are as many as those.</summary>
    internal static float[] GridOf(float[] column, int points)
    {
        float[] sorted = [.. column.Order()];
        float[] different = [.. sorted.Distinct()];
        if (different.Length < points)
            return different;

        (double low, double high) = (Quantile(sorted, Lowest), Quantile(sorted, Highest));
        if (high - low <= 1e-10)
            (low, high) = (sorted[0], sorted[^1]);
        return
        [
            .. Enumerable.Range(0, points)
                .Select(i => (float)(low + ((high - low) * i / (points - 1)))).Distinct(),
        ];
    }

    /// <summary>Scores each row as it is changed for each point of a grid: shape [rows, points].</summary>
    private static double[] ScoresOf(
        Predict predict, FeatureTable table, int points, FillInput change, BatchOptions? options,
        CancellationToken cancellationToken)
    {
        int count = checked(table.Rows * points);
        var batches = new Batches(
            table.FeatureNames.Count, options ?? BatchOptions.Default, count, cancellationToken);
        return batches.Scores(predict, count, (i, input) =>
        {
            (int row, int point) = Math.DivRem(i, points);
            table.Row(row).CopyTo(input);
            change(point, input);
        });
    }

    /// <summary>Returns a quantile as SciPy's mquantiles does, which is approximately unbiased for any distribution.</summary>
    private static double Quantile(float[] sorted, double share)
    {
        const double offset = 0.4;
        double place = (sorted.Length * share) + offset + (share * (1 - (2 * offset)));
        int below = (int)Math.Clamp(Math.Floor(place), 1, sorted.Length - 1);
        double above = Math.Clamp(place - below, 0, 1);
        return ((1 - above) * sorted[below - 1]) + (above * sorted[below]);
    }
}
