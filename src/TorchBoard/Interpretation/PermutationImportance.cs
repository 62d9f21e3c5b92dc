using System.Numerics.Tensors;

namespace TorchBoard.Interpretation;

/// <summary>
/// Permutation importance: how far a measure of a model's quality falls when the values of a feature are shuffled among
/// the rows. Breiman, "Random Forests", 2001. Immutable, thread-safe.
/// </summary>
public sealed class PermutationImportance
{
    private readonly double[] _drops;

    private PermutationImportance(FeatureTable table, double measure, double[] drops)
    {
        FeatureNames = table.FeatureNames;
        Measure = measure;
        _drops = drops;
    }

    /// <summary>The names of the features.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The measure of the scores of the unchanged table.</summary>
    public double Measure { get; }

    /// <summary>
    /// <see cref="Measure"/> minus the measure with a feature shuffled: shape [features, repeats]. Positive values mean
    /// that the model needs the feature. It is exactly 0 for a constant feature, and for a table with one row.
    /// </summary>
    public ReadOnlySpan<double> Drops => _drops;

    /// <summary>Number of times each feature was shuffled.</summary>
    public int Repeats => _drops.Length / FeatureNames.Count;

    /// <summary>Shuffles each feature and measures the scores.</summary>
    /// <param name="predict">
    /// The model; it evaluates each row 1 + features × repeats times. To measure the accuracy of a classifier of
    /// several classes, it returns the number of the predicted class as the score.
    /// </param>
    /// <param name="table">The rows; use rows that the model was not trained on.</param>
    /// <param name="measure">
    /// Measures the scores of all rows, in their order: larger is better, such as accuracy, R² or minus the mean
    /// squared error. A loss gives negative importances. The result must be finite.
    /// </param>
    /// <param name="repeats">Number of times each feature is shuffled; at least 1, 5 by default.</param>
    /// <param name="options">Seed, batch size, progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>A drop for each feature and repeat.</returns>
    /// <exception cref="ArgumentException">
    /// The model returned a score, or the measure a number, that is not finite.
    /// </exception>
    public static PermutationImportance Explain(
        Predict predict, FeatureTable table, Func<double[], double> measure, int repeats = 5,
        BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(measure);
        Argument.AtLeast(repeats, 1, nameof(repeats));
        options ??= BatchOptions.Default;
        int features = table.FeatureNames.Count;
        var batches = new Batches(
            features, options, checked(table.Rows * (1 + (features * repeats))), cancellationToken);
        double whole = Measured("the unchanged table", (row, input) => table.Row(row).CopyTo(input));

        var random = new Random(options.Seed);
        double[] drops = new double[features * repeats];
        for (int i = 0; i < drops.Length; i++)
        {
            int feature = i / repeats;
            float[] column = table.Column(feature);
            random.Shuffle(column);
            drops[i] = whole - Measured($"'{table.FeatureNames[feature]}' shuffled", (row, input) =>
            {
                table.Row(row).CopyTo(input);
                input[feature] = column[row];
            });
        }

        return new PermutationImportance(table, whole, drops);

        double Measured(string what, FillInput fill)
        {
            double measured = measure(batches.Scores(predict, table.Rows, fill));
            return double.IsFinite(measured)
                ? measured
                : throw new ArgumentException(
                    FormattableString.Invariant($"The measure of {what} is {measured}; it must be finite."),
                    nameof(measure));
        }
    }

    /// <summary>Returns the importance of each feature: the mean of its drops.</summary>
    /// <returns>A new array with a number per feature, in units of the measure.</returns>
    public double[] Means() => PerFeature(drops => TensorPrimitives.Sum<double>(drops) / drops.Length);

    /// <summary>Returns the standard deviation of each feature's drops; the divisor is the number of repeats.</summary>
    /// <returns>A new array with a number per feature, in units of the measure.</returns>
    public double[] StandardDeviations() => PerFeature(drops =>
    {
        double mean = TensorPrimitives.Sum<double>(drops) / drops.Length;
        return Math.Sqrt(drops.Average(drop => (drop - mean) * (drop - mean)));
    });

    private double[] PerFeature(Func<double[], double> summary) =>
        [.. _drops.Chunk(Repeats).Select(summary)];
}
