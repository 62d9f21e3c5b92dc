namespace TorchBoard.Interpretation;

/// <summary>Rows of numbers with a named feature in each column: tabular data. Immutable, thread-safe.</summary>
public sealed class FeatureTable
{
    private readonly float[] _values;
    private readonly string[] _names;
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    /// <summary>Initializes a table with named features.</summary>
    /// <param name="values">The numbers, row by row, one per feature; finite. They are copied.</param>
    /// <param name="featureNames">The names of the features, from left to right: at least one, all different.</param>
    /// <exception cref="ArgumentException">
    /// There are no features or no rows, a name is null or appears twice, the values do not fill whole rows, or a value
    /// is not finite: replace missing numbers first, as the model does.
    /// </exception>
    public FeatureTable(ReadOnlySpan<float> values, IReadOnlyList<string> featureNames)
    {
        ArgumentNullException.ThrowIfNull(featureNames);
        if (featureNames.Count == 0)
            throw new ArgumentException("At least one feature is required.", nameof(featureNames));
        if (values.IsEmpty || values.Length % featureNames.Count != 0)
        {
            throw new ArgumentException(
                $"Expected at least one row of {featureNames.Count} values, one per feature; got {values.Length} values.",
                nameof(values));
        }

        _names = [.. featureNames];
        for (int f = 0; f < _names.Length; f++)
        {
            if (_names[f] is null)
                throw new ArgumentException($"The name of feature {f} is null.", nameof(featureNames));
            if (!_indices.TryAdd(_names[f], f))
            {
                throw new ArgumentException(
                    $"Features must have different names; {f} and {_indices[_names[f]]} are both '{_names[f]}'.",
                    nameof(featureNames));
            }
        }

        _values = values.ToArray();
        int wrong = Array.FindIndex(_values, value => !float.IsFinite(value));
        if (wrong >= 0)
        {
            (int row, int feature) = Math.DivRem(wrong, _names.Length);
            throw new ArgumentException(
                FormattableString.Invariant($"All values must be finite; '{_names[feature]}' of row {row} is {_values[wrong]}."),
                nameof(values));
        }
    }

    /// <summary>Initializes a table whose features are called feature 0, feature 1, ….</summary>
    /// <param name="values">The numbers, row by row, one per feature; finite. They are copied.</param>
    /// <param name="features">Number of features; at least 1.</param>
    /// <exception cref="ArgumentException">
    /// There are no features or no rows, the values do not fill whole rows, or a value is not finite.
    /// </exception>
    public FeatureTable(ReadOnlySpan<float> values, int features)
        : this(values, NamesOf(features))
    {
    }

    /// <summary>Number of rows; at least 1.</summary>
    public int Rows => _values.Length / _names.Length;

    /// <summary>The names of the features, from left to right.</summary>
    public IReadOnlyList<string> FeatureNames => _names;

    /// <summary>All values: shape [<see cref="Rows"/>, features].</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Returns the values of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row does not exist.</exception>
    public ReadOnlySpan<float> Row(int row)
    {
        ThrowIfNoRow(row);
        return _values.AsSpan(row * _names.Length, _names.Length);
    }

    /// <summary>Returns the values of a feature.</summary>
    /// <param name="feature">Its name.</param>
    /// <returns>A new array with a value per row.</returns>
    /// <exception cref="ArgumentException">No feature has this name.</exception>
    public float[] Column(string feature) => Column(IndexOf(feature));

    internal float[] Column(int feature)
    {
        float[] column = new float[Rows];
        for (int row = 0; row < column.Length; row++)
            column[row] = _values[(row * _names.Length) + feature];
        return column;
    }

    internal int IndexOf(string feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        const int shown = 10;
        return _indices.TryGetValue(feature, out int index)
            ? index
            : throw new ArgumentException(
                $"No feature is called '{feature}'; the features are {string.Join(", ", _names.Take(shown))}"
                + (_names.Length > shown ? ", …." : "."),
                nameof(feature));
    }

    /// <summary>Returns the indices of features that are one together, such as the columns of a one-hot encoding.</summary>
    internal int[] IndicesOf(IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        int[] indices = [.. features.Select(IndexOf)];
        if (indices.Length == 0 || indices.Distinct().Count() < indices.Length)
        {
            throw new ArgumentException(
                $"At least one feature is required, and all must be different; got {string.Join(", ", features)}.",
                nameof(features));
        }

        return indices;
    }

    internal void ThrowIfNoRow(int row)
    {
        if (row < 0 || row >= Rows)
        {
            throw new ArgumentOutOfRangeException(
                nameof(row), row, $"The row must be between 0 and {Rows - 1}; was {row}.");
        }
    }

    private static string[] NamesOf(int features)
    {
        Argument.AtLeast(features, 1, nameof(features));
        return [.. Enumerable.Range(0, features).Select(f => FormattableString.Invariant($"feature {f}"))];
    }
}
