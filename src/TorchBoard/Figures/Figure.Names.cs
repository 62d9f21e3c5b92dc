using System.Globalization;
using System.Numerics;
using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    /// <summary>
    /// Adds a vertical bar for each name, from 0; on a logarithmic axis, from its lower end. Bars added later to the
    /// same names are drawn beside the first ones.
    /// </summary>
    /// <typeparam name="T">Any numeric type: float, double, int, ….</typeparam>
    /// <param name="names">The names, from left to right.</param>
    /// <param name="values">The values, one per name.</param>
    /// <param name="label">The name in the legend; empty by default, which omits it from the legend.</param>
    /// <param name="color">The color; by default the next of ten series colors.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">
    /// A name is null, the numbers of names and values differ, or the figure has other names or names on the left.
    /// </exception>
    public Figure Bars<T>(
        IReadOnlyList<string> names, ReadOnlySpan<T> values, string label = "", Color? color = null)
        where T : INumberBase<T> =>
        AddBars(names, Doubles(values), horizontal: false, label, color);

    /// <summary>
    /// Adds a horizontal bar for each name, from 0, the first name at the top; suitable for long names. Bars added
    /// later to the same names are drawn below the first ones.
    /// </summary>
    /// <inheritdoc cref="Bars{T}(IReadOnlyList{string}, ReadOnlySpan{T}, string, Color?)"/>
    /// <param name="names">The names, from top to bottom.</param>
    /// <param name="values">The values, one per name.</param>
    /// <param name="label">The name in the legend; empty by default, which omits it from the legend.</param>
    /// <param name="color">The color; by default the next of ten series colors.</param>
    public Figure HorizontalBars<T>(
        IReadOnlyList<string> names, ReadOnlySpan<T> values, string label = "", Color? color = null)
        where T : INumberBase<T> =>
        AddBars(names, Doubles(values), horizontal: true, label, color);

    /// <summary>
    /// Adds a horizontal bar for each name with its value beside it: above 0 orange to the right, below 0 blue to the
    /// left, as for the feature attributions of SHAP and LIME.
    /// </summary>
    /// <typeparam name="T">Any numeric type: float, double, ….</typeparam>
    /// <param name="names">The names, from top to bottom.</param>
    /// <param name="values">The values, one per name.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">
    /// A name is null, the numbers of names and values differ, or the figure has other names or names at the bottom.
    /// </exception>
    public Figure SignedBars<T>(IReadOnlyList<string> names, ReadOnlySpan<T> values)
        where T : INumberBase<T>
    {
        double[] numbers = Doubles(values);
        string[] copy = Names(names, numbers.Length, nameof(names));
        return Add(new BarMark(copy, numbers, horizontal: true)
        {
            Color = Theme.Positive,
            NegativeColor = Theme.Negative,
            Slot = _barSlots++,
            Numbers = [.. numbers.Select(Signed)],
        });
    }

    /// <summary>
    /// Adds a box plot for each sample (Tukey 1977): a box from the first to the third quartile, linearly interpolated,
    /// with a line at the median; whiskers to the furthest values within 1.5 times the box's height; a disc for each
    /// value beyond.
    /// </summary>
    /// <param name="names">The names of the samples, from left to right.</param>
    /// <param name="samples">
    /// The values of each sample, in any order; a sample without finite values has no box.
    /// </param>
    /// <param name="label">The name in the legend; empty by default, which omits it from the legend.</param>
    /// <param name="color">The color; by default the next of ten series colors.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">
    /// A name or a sample is null, the numbers of names and samples differ, or the figure has other names or names on
    /// the left.
    /// </exception>
    public Figure Boxes(
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> samples, string label = "",
        Color? color = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        string[] copy = Names(names, samples.Count, nameof(names));
        if (samples.Contains(null!))
            throw new ArgumentException("Samples must not contain null.", nameof(samples));
        return Add(new BoxMark(copy, [.. samples.Select(BoxStatistics.Of)])
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? NextColor(),
        });
    }

    private static string Signed(double value) =>
        Axis.Typeset(value.ToString(
            value != 0 && Math.Abs(value) < 1e-3 ? "+0.#e0;-0.#e0" : "+0.###;-0.###;0", CultureInfo.InvariantCulture));

    private static string[] Names(IReadOnlyList<string> names, int wanted, string argument)
    {
        ArgumentNullException.ThrowIfNull(names, argument);
        if (names.Count != wanted)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"There must be {wanted} names, one for each value; was {names.Count}."),
                argument);
        }

        if (names.Contains(null!))
            throw new ArgumentException("Names must not contain null.", argument);
        return [.. names.Select(name => Printable(name, argument))];
    }

    private Figure AddBars(
        IReadOnlyList<string> names, double[] values, bool horizontal, string label, Color? color) =>
        Add(new BarMark(Names(names, values.Length, nameof(names)), values, horizontal)
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? NextColor(),
            Slot = _barSlots++,
        });

    private void ThrowIfNamesDiffer(Mark mark)
    {
        foreach (Mark other in _marks)
        {
            ThrowIfNamesDiffer(other.XNames, mark.XNames, nameof(mark));
            ThrowIfNamesDiffer(other.YNames, mark.YNames, nameof(mark));
            bool isUprightOnOne = (mark.XNames is null) != (other.XNames is null);
            bool isLyingOnOne = (mark.YNames is null) != (other.YNames is null);
            if (isUprightOnOne && isLyingOnOne)
            {
                throw new ArgumentException(
                    "A figure cannot combine marks with names at the bottom and marks with names on the left.");
            }
        }
    }

    private static void ThrowIfNamesDiffer(IReadOnlyList<string>? before, IReadOnlyList<string>? now, string argument)
    {
        if (before is null || now is null || before.SequenceEqual(now, StringComparer.Ordinal))
            return;
        const int shown = 5;
        throw new ArgumentException(
            "All marks of a figure must have the same names in the same order; "
            + $"expected {string.Join(", ", before.Take(shown))}, got {string.Join(", ", now.Take(shown))}.",
            argument);
    }
}
