using System.Globalization;
using System.Numerics;
using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    /// <summary>
    /// Adds a bar for each name, upright from 0; on a logarithmic axis, from its lower end. Bars added to the same
    /// names again stand beside the first ones.
    /// </summary>
    /// <typeparam name="T">Any number: float, double, int, ….</typeparam>
    /// <param name="names">The names, from the left.</param>
    /// <param name="values">The values, as many.</param>
    /// <param name="label">What the legend calls it; nothing by default, and then it is not in there.</param>
    /// <param name="color">Its color; by default one that no other series has, of ten.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">
    /// A name is null, there are not as many names as values, or the figure has other names or names at its left.
    /// </exception>
    public Figure Bars<T>(
        IReadOnlyList<string> names, ReadOnlySpan<T> values, string label = "", Color? color = null)
        where T : INumberBase<T> =>
        AddBars(names, Doubles(values), horizontal: false, label, color);

    /// <summary>
    /// Adds a bar for each name, lying from 0 to the right, the first name at the top: for long names. Bars added to
    /// the same names again stand below the first ones.
    /// </summary>
    /// <inheritdoc cref="Bars{T}(IReadOnlyList{string}, ReadOnlySpan{T}, string, Color?)"/>
    /// <param name="names">The names, from the top.</param>
    /// <param name="values">The values, as many.</param>
    /// <param name="label">What the legend calls it; nothing by default, and then it is not in there.</param>
    /// <param name="color">Its color; by default one that no other series has, of ten.</param>
    public Figure HorizontalBars<T>(
        IReadOnlyList<string> names, ReadOnlySpan<T> values, string label = "", Color? color = null)
        where T : INumberBase<T> =>
        AddBars(names, Doubles(values), horizontal: true, label, color);

    /// <summary>
    /// Adds a lying bar for each name, with its value beside it: above 0 orange to the right, below 0 blue to the left.
    /// What SHAP and LIME say of each feature is shown like that.
    /// </summary>
    /// <typeparam name="T">Any number: float, double, ….</typeparam>
    /// <param name="names">The names, from the top.</param>
    /// <param name="values">The values, as many.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">
    /// A name is null, there are not as many names as values, or the figure has other names or names at the bottom.
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
    /// Adds a box plot for each sample (Tukey 1977): a box from the first quartile to the third, linear between values,
    /// with a line at the median; whiskers to the furthest values within 1.5 times the box's height; a disc for each
    /// value beyond.
    /// </summary>
    /// <param name="names">The names of the samples, from the left.</param>
    /// <param name="samples">Their values, in any order; a sample without finite values has no box.</param>
    /// <param name="label">What the legend calls it; nothing by default, and then it is not in there.</param>
    /// <param name="color">Its color; by default one that no other series has, of ten.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">
    /// A name or a sample is null, there are not as many names as samples, or the figure has other names or names at
    /// its left.
    /// </exception>
    public Figure Boxes(
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> samples, string label = "",
        Color? color = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        string[] copy = Names(names, samples.Count, nameof(names));
        if (samples.Contains(null!))
            throw new ArgumentException("One of the samples is null.", nameof(samples));
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
                FormattableString.Invariant($"{wanted} names are wanted, one for each value; {names.Count} given."),
                argument);
        }

        if (names.Contains(null!))
            throw new ArgumentException("One of the names is null.", argument);
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
                throw new ArgumentException("Names at the bottom and names at the left cannot share a figure.");
        }
    }

    private static void ThrowIfNamesDiffer(IReadOnlyList<string>? before, IReadOnlyList<string>? now, string argument)
    {
        if (before is null || now is null || before.SequenceEqual(now, StringComparer.Ordinal))
            return;
        const int shown = 5;
        throw new ArgumentException(
            "All marks of a figure have the same names in the same order; "
            + $"these are {string.Join(", ", before.Take(shown))}, "
            + $"and {string.Join(", ", now.Take(shown))} were given.",
            argument);
    }
}
