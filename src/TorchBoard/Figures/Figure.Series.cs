using System.Numerics;
using TorchBoard.Drawing;
using TorchBoard.Figures.Marks;
using TorchBoard.Histograms;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    /// <summary>Adds a line through points in the given order.</summary>
    /// <typeparam name="TX">Any numeric type: float, double, long, ….</typeparam>
    /// <typeparam name="TY">Any numeric type.</typeparam>
    /// <param name="x">The positions of the points on the horizontal axis.</param>
    /// <param name="y">The values of the points; the same number.</param>
    /// <param name="label">The name in the legend; empty by default, which omits it from the legend.</param>
    /// <param name="color">The color; by default the next of ten series colors.</param>
    /// <param name="dashed">Whether the line is dashed. False by default, except for the second ten series.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">The numbers of x and y values differ.</exception>
    public Figure Line<TX, TY>(
        ReadOnlySpan<TX> x, ReadOnlySpan<TY> y, string label = "", Color? color = null, bool dashed = false)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY>
    {
        ThrowIfLengthsDiffer(x.Length, y.Length, nameof(y));
        bool isLaterTurn = color is null && Theme.IsDashed(_series);
        return Add(new LineMark(Doubles(x), Doubles(y), dashed || isLaterTurn)
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? NextColor(),
        });
    }

    /// <summary>Adds a line through values at 0, 1, 2, ….</summary>
    /// <inheritdoc cref="Line{TX, TY}(ReadOnlySpan{TX}, ReadOnlySpan{TY}, string, Color?, bool)"/>
    public Figure Line<TY>(ReadOnlySpan<TY> y, string label = "", Color? color = null, bool dashed = false)
        where TY : INumberBase<TY>
    {
        int[] x = [.. Enumerable.Range(0, y.Length)];
        return Line<int, TY>(x, y, label, color, dashed);
    }

    /// <summary>Adds points as slightly transparent discs; the discs are small if there are more than 2,000.</summary>
    /// <typeparam name="TX">Any numeric type: float, double, long, ….</typeparam>
    /// <typeparam name="TY">Any numeric type.</typeparam>
    /// <param name="x">The positions of the points on the horizontal axis.</param>
    /// <param name="y">The positions of the points on the vertical axis; the same number.</param>
    /// <param name="label">The name in the legend; empty by default, which omits it from the legend.</param>
    /// <param name="color">The color; by default the next of ten series colors.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">The numbers of x and y values differ.</exception>
    public Figure Scatter<TX, TY>(ReadOnlySpan<TX> x, ReadOnlySpan<TY> y, string label = "", Color? color = null)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY>
    {
        ThrowIfLengthsDiffer(x.Length, y.Length, nameof(y));
        return Add(new ScatterMark(Doubles(x), Doubles(y))
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? NextColor(),
        });
    }

    /// <summary>Adds the area between two curves: a mean ± its deviation, or the range of several runs.</summary>
    /// <typeparam name="TX">Any numeric type: float, double, long, ….</typeparam>
    /// <typeparam name="TY">Any numeric type.</typeparam>
    /// <param name="x">The positions of the points of both curves on the horizontal axis.</param>
    /// <param name="low">The values of one curve; the same number.</param>
    /// <param name="high">The values of the other curve; the same number.</param>
    /// <param name="label">The name in the legend; empty by default, which omits it from the legend.</param>
    /// <param name="color">
    /// The color, drawn transparently; by default the color of the next series added, for the line within the band.
    /// </param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">The numbers of x, low and high values differ.</exception>
    public Figure Band<TX, TY>(
        ReadOnlySpan<TX> x, ReadOnlySpan<TY> low, ReadOnlySpan<TY> high, string label = "", Color? color = null)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY>
    {
        ThrowIfLengthsDiffer(x.Length, low.Length, nameof(low));
        ThrowIfLengthsDiffer(x.Length, high.Length, nameof(high));
        return Add(new BandMark(Doubles(x), Doubles(low), Doubles(high))
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? Theme.ColorOf(_series),
        });
    }

    /// <summary>Adds a dashed horizontal line across the plot: a threshold, a mean, a chance level.</summary>
    /// <param name="y">The position on the vertical axis; finite.</param>
    /// <param name="label">The name in the legend; empty by default, which omits it from the legend.</param>
    /// <param name="color">The color; dark gray by default.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">The value is not finite.</exception>
    public Figure HorizontalLine(double y, string label = "", Color? color = null) =>
        AddReference(y, vertical: false, label, color, nameof(y));

    /// <summary>Adds a dashed vertical line across the plot: an epoch, a decision.</summary>
    /// <param name="x">The position on the horizontal axis; finite.</param>
    /// <param name="label">The name in the legend; empty by default, which omits it from the legend.</param>
    /// <param name="color">The color; dark gray by default.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">The value is not finite.</exception>
    public Figure VerticalLine(double x, string label = "", Color? color = null) =>
        AddReference(x, vertical: true, label, color, nameof(x));

    /// <summary>
    /// Adds a histogram: the number of values in each bucket. Histograms are drawn transparently; use the same edges to
    /// compare several of them bucket by bucket.
    /// </summary>
    /// <typeparam name="T">Any numeric type: float, double, Half, an integer.</typeparam>
    /// <param name="values">The values, in any order.</param>
    /// <param name="label">The name in the legend; empty by default, which omits it from the legend.</param>
    /// <param name="bins">
    /// The buckets; <see cref="HistogramBins.Auto"/> by default. A rule creates at most 128. The axis shows the whole
    /// range of given edges, such as <c>HistogramBins.Equal(50, -5, 5)</c>, including empty buckets.
    /// </param>
    /// <param name="color">The color; by default the next of ten series colors.</param>
    /// <returns>This figure.</returns>
    public Figure Histogram<T>(
        ReadOnlySpan<T> values, string label = "", HistogramBins? bins = null, Color? color = null)
        where T : unmanaged, INumberBase<T>
    {
        (double[] edges, double[] counts) = HistogramMark.Count(values, bins ?? HistogramBins.Auto);
        return Add(new HistogramMark(edges, counts)
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? NextColor(),
        });
    }

    internal static double[] Doubles<T>(ReadOnlySpan<T> values)
        where T : INumberBase<T>
    {
        double[] doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++)
            doubles[i] = double.CreateSaturating(values[i]);
        return doubles;
    }

    private static void ThrowIfLengthsDiffer(int wanted, int given, string argument)
    {
        if (wanted != given)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The number of values must be {wanted}; was {given}."), argument);
        }
    }

    private Figure AddReference(double value, bool vertical, string label, Color? color, string argument)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(
                argument, value, FormattableString.Invariant($"The value must be finite; was {value}."));
        }

        return Add(new ReferenceLineMark(value, vertical)
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? Theme.Frame,
        });
    }

    private Color NextColor() => Theme.ColorOf(_series++);

    private Figure Add(Mark mark)
    {
        ThrowIfNamesDiffer(mark);
        _marks.Add(mark);
        return this;
    }
}
