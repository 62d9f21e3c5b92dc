using System.Numerics;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures;

/// <summary>
/// An axis of <see cref="Figure.ParallelCoordinates"/>: a hyperparameter or a metric, with its value for each trial.
/// Immutable and thread-safe.
/// </summary>
public sealed class ParallelAxis
{
    private readonly double[] _values;
    private readonly string[]? _names;
    private readonly bool _isLogarithmic;

    private ParallelAxis(string name, double[] values, string[]? names, bool isLogarithmic) =>
        (Name, _values, _names, _isLogarithmic) = (name, values, names, isLogarithmic);

    /// <summary>The name below the axis.</summary>
    public string Name { get; }

    /// <summary>The number of trials.</summary>
    public int Count => _values.Length;

    /// <summary>Creates an axis of numbers, from the smallest at the bottom to the largest.</summary>
    /// <typeparam name="T">Any numeric type: float, double, int, ….</typeparam>
    /// <param name="name">The name below the axis.</param>
    /// <param name="values">
    /// The value of each trial. NaN, ±Infinity and, on a logarithmic axis, values of 0 and below are missing.
    /// </param>
    /// <param name="logarithmic">Whether the axis is logarithmic, as for learning rates; false by default.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public static ParallelAxis OfNumbers<T>(string name, ReadOnlySpan<T> values, bool logarithmic = false)
        where T : INumberBase<T> =>
        new(Figure.Printable(name, nameof(name)), Figure.Doubles(values), names: null, logarithmic);

    /// <summary>Creates an axis of names, such as optimizers, in the order of their first trials from the top.</summary>
    /// <param name="name">The name below the axis.</param>
    /// <param name="values">The value of each trial; null if it is missing.</param>
    /// <exception cref="ArgumentNullException">The name or the values are null.</exception>
    public static ParallelAxis OfNames(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string?[] texts = [.. values.Select(value => value is null ? null : Figure.Printable(value, nameof(values)))];
        string[] names = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal)];
        double[] places = Array.ConvertAll(
            texts, text => text is null ? double.NaN : Array.IndexOf(names, text));
        return new(Figure.Printable(name, nameof(name)), places, names, isLogarithmic: false);
    }

    /// <summary>Returns the axis with ticks.</summary>
    /// <param name="mostTicks">Desired maximum number of ticks.</param>
    internal Axis Ticked(int mostTicks)
    {
        if (_names is not null)
            return Axis.OfNames(_names);
        var range = new DataRange(_isLogarithmic);
        range.Include(_values);
        return Axis.OfNumbers(
            AxisScale.Around(range, _isLogarithmic), mostTicks,
            areWhole: Array.TrueForAll(_values, value => !double.IsFinite(value) || double.IsInteger(value)));
    }

    /// <summary>Returns the positions of the trials, from 0 at the bottom to 1; NaN if a value is missing.</summary>
    internal double[] Shares(AxisScale scale) => Array.ConvertAll(
        _values, value => !scale.Shows(value) ? double.NaN : ShareOf(scale, value));

    /// <summary>Returns the position of a value: names start at the top.</summary>
    internal double ShareOf(AxisScale scale, double value) =>
        _names is null ? scale.Share(value) : 1 - scale.Share(value);
}
