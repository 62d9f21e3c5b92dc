using System.Globalization;
using System.Text;

namespace TorchBoard.Figures;

/// <summary>
/// A chart of curves in plain text, for a terminal, a log or a test failure message: dots of Unicode Braille patterns,
/// axes with round numbers, and a legend with the last value of each curve.
/// </summary>
/// <remarks>
/// Not thread-safe. Points are joined by lines in the given order. NaN and ±Infinity leave gaps, as do values that
/// are not positive on a logarithmic axis; the legend shows their counts.
/// </remarks>
/// <example>
/// <code>
/// var chart = new TextChart { Title = "loss", LogarithmicY = true };
/// chart.Add("train", steps, losses);
/// Console.WriteLine(chart);
/// </code>
/// </example>
public sealed class TextChart
{
    private const int SmallestPlot = 10;
    private const string Reset = "\e[0m";

    private static readonly string[] Colors = ["\e[36m", "\e[33m", "\e[35m", "\e[32m", "\e[94m", "\e[31m"];

    private readonly List<Series> _series = [];

    /// <summary>The title above the chart; empty by default, which omits it.</summary>
    public string Title
    {
        get;
        init => field = Printable(value ?? throw new ArgumentNullException(nameof(Title)));
    } = "";

    /// <summary>The total width in columns, including axis and labels; at least 24, 72 by default.</summary>
    public int Width
    {
        get;
        init => field = AtLeast(24, value, nameof(Width));
    } = 72;

    /// <summary>The height of the plot in rows, without title, axis and legend; at least 3, 12 by default.</summary>
    public int Height
    {
        get;
        init => field = AtLeast(3, value, nameof(Height));
    } = 12;

    /// <summary>Whether the vertical axis is logarithmic; false by default.</summary>
    public bool LogarithmicY { get; init; }

    /// <summary>
    /// Returns the text of a position on the horizontal axis, such as a time; null by default, which writes the number.
    /// </summary>
    public Func<double, string>? HorizontalLabel { get; init; }

    /// <summary>Adds a curve. The points are copied.</summary>
    /// <param name="name">The name in the legend.</param>
    /// <param name="x">The positions of the points on the horizontal axis.</param>
    /// <param name="y">The values of the points; the same number. Can be empty.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The numbers of x and y values differ.</exception>
    public void Add(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ArgumentNullException.ThrowIfNull(name);
        ThrowIfLengthsDiffer(x.Length, y.Length);
        _series.Add(new Series(Printable(name), x.ToArray(), y.ToArray()));
    }

    /// <inheritdoc cref="Add(string, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    /// <param name="name">The name in the legend.</param>
    /// <param name="steps">The steps on the horizontal axis.</param>
    /// <param name="y">The values, one per step. Can be empty.</param>
    public void Add(string name, ReadOnlySpan<long> steps, ReadOnlySpan<double> y)
    {
        ArgumentNullException.ThrowIfNull(name);
        ThrowIfLengthsDiffer(steps.Length, y.Length);
        double[] x = new double[steps.Length];
        for (int i = 0; i < x.Length; i++)
            x[i] = steps[i];
        _series.Add(new Series(Printable(name), x, y.ToArray()));
    }

    /// <summary>Returns the chart without colors: lines separated by <c>\n</c>, none at the end.</summary>
    public override string ToString() => Render(color: false);

    /// <summary>Returns the chart as text.</summary>
    /// <param name="color">
    /// Whether each curve has its own color, as ANSI escape codes; after six colors, the first is used again. A
    /// character shared by curves has the color of the curve added last.
    /// </param>
    /// <returns>Lines separated by <c>\n</c>, none at the end.</returns>
    public string Render(bool color)
    {
        AxisTicks ticks = VerticalTicks();
        int labelWidth = 0;
        foreach (string label in ticks.Labels)
            labelWidth = Math.Max(labelWidth, label.Length);

        var canvas = new BrailleCanvas(Math.Max(SmallestPlot, Width - labelWidth - 2), Height);
        (double left, double right) = HorizontalRange();
        for (int i = 0; i < _series.Count; i++)
            Draw(canvas, i, ticks, left, right);

        var lines = new List<string>();
        string margin = new(' ', labelWidth + 2);
        if (Title.Length > 0)
            lines.Add(margin + Title);
        AddPlot(lines, canvas, ticks, labelWidth, color);
        AddHorizontalAxis(lines, canvas.Columns, labelWidth, left, right);
        AddLegend(lines, margin, color);
        return string.Join('\n', lines);
    }

    private static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, FormattableString.Invariant($"{name} must be at least {least}; was {value}."));

    private static void ThrowIfLengthsDiffer(int x, int y)
    {
        if (x != y)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The numbers of x and y values must be equal; got {x} x and {y} y."),
                nameof(y));
        }
    }

    /// <summary>Replaces control characters: names can come from files and must not control the terminal.</summary>
    private static string Printable(string text) => string.Create(text.Length, text, static (span, text) =>
    {
        for (int i = 0; i < span.Length; i++)
            span[i] = IsCommand(text[i]) ? '\uFFFD' : text[i];
    });

    // Characters that change the text direction or that some programs treat as line breaks are unsafe too.
    private static bool IsCommand(char c) => char.IsControl(c)
        || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private AxisTicks VerticalTicks()
    {
        (double min, double max) = RangeOf(series => series.Y);
        if (min > max)
            (min, max) = LogarithmicY ? (1, 100) : (0, 1);
        return LogarithmicY ? AxisTicks.Logarithmic(min, max) : AxisTicks.Linear(min, max);
    }

    private (double Left, double Right) HorizontalRange()
    {
        (double left, double right) = RangeOf(series => series.X);
        return left <= right ? (left, right) : (0, 0);
    }

    /// <summary>Returns the range of the points drawn; min is greater than max if there are none.</summary>
    private (double Min, double Max) RangeOf(Func<Series, double[]> coordinate)
    {
        (double min, double max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (Series series in _series)
        {
            double[] values = coordinate(series);
            for (int i = 0; i < values.Length; i++)
            {
                if (!IsDrawn(series, i))
                    continue;
                min = Math.Min(min, values[i]);
                max = Math.Max(max, values[i]);
            }
        }

        return (min, max);
    }

    private bool IsDrawn(Series series, int point) =>
        double.IsFinite(series.X[point]) && double.IsFinite(series.Y[point])
        && (!LogarithmicY || series.Y[point] > 0);

    private void Draw(BrailleCanvas canvas, int index, AxisTicks ticks, double left, double right)
    {
        Series series = _series[index];
        (int X, int Y)? before = null;
        for (int i = 0; i < series.X.Length; i++)
        {
            if (!IsDrawn(series, i))
            {
                before = null;
                continue;
            }

            (int X, int Y) here = (
                (int)Math.Round(Share(series.X[i], left, right) * (canvas.Width - 1)),
                (int)Math.Round((1 - ticks.PositionOf(series.Y[i])) * (canvas.Height - 1)));
            bool joined = before is not null || (i + 1 < series.X.Length && IsDrawn(series, i + 1));
            if (joined)
                canvas.Line(before ?? here, here, index);
            else
                canvas.Cross(here, index);
            before = here;
        }
    }

    /// <summary>Returns the position of a value between two others, 0 to 1; 0.5 if the others are equal.</summary>
    private static double Share(double value, double from, double to)
    {
        // Halved because the difference of the largest numbers overflows.
        double range = (to / 2) - (from / 2);
        return range > 0 ? ((value / 2) - (from / 2)) / range : 0.5;
    }

    private static void AddPlot(List<string> lines, BrailleCanvas canvas, AxisTicks ticks, int labelWidth, bool color)
    {
        string[] labels = new string[canvas.Rows];
        for (int i = 0; i < ticks.Values.Length; i++)
        {
            double dot = Math.Round((1 - ticks.PositionOf(ticks.Values[i])) * (canvas.Height - 1));
            labels[(int)dot / BrailleCanvas.DotsDown] ??= ticks.Labels[i];
        }

        var line = new StringBuilder();
        for (int row = 0; row < canvas.Rows; row++)
        {
            line.Clear().Append((labels[row] ?? "").PadLeft(labelWidth)).Append(labels[row] is null ? " │" : " ┤");
            int owner = BrailleCanvas.NoOwner;
            for (int column = 0; column < canvas.Columns; column++)
            {
                int next = canvas.OwnerAt(column, row);
                if (color && next != BrailleCanvas.NoOwner && next != owner)
                    line.Append(ColorOf(owner = next));
                line.Append(canvas.CharacterAt(column, row));
            }

            string text = line.ToString().TrimEnd();
            lines.Add(owner == BrailleCanvas.NoOwner ? text : text + Reset);
        }
    }

    private void AddHorizontalAxis(
        List<string> lines, int columns, int labelWidth, double left, double right)
    {
        char[] axis = new string('─', columns).ToCharArray();
        var labels = new StringBuilder(new string(' ', columns));
        int free = 0;
        if (left < right)
        {
            string last = XLabel(right);
            int lastStart = Math.Max(columns - last.Length, XLabel(left).Length + 1);
            Place(XLabel(left), 0, 0);
            double middle = RoundMiddle(left, right);
            int column = (int)Math.Round(Share(middle, left, right) * (columns - 1));
            int start = column - (XLabel(middle).Length / 2);
            if (start > free && start + XLabel(middle).Length < lastStart)
                Place(XLabel(middle), column, start);
            Place(last, columns - 1, lastStart);
        }
        else
        {
            Place(XLabel(left), columns / 2, Math.Max(0, (columns / 2) - (XLabel(left).Length / 2)));
        }

        lines.Add(new string(' ', labelWidth + 1) + '└' + new string(axis));
        lines.Add((new string(' ', labelWidth + 2) + labels).TrimEnd());

        void Place(string label, int column, int start)
        {
            axis[column] = '┬';
            free = start + label.Length;
            if (labels.Length < free)
                labels.Append(' ', free - labels.Length);
            labels.Remove(start, label.Length).Insert(start, label);
        }
    }

    /// <summary>Returns the number near the middle with the fewest digits, within an eighth of the range.</summary>
    private static double RoundMiddle(double left, double right)
    {
        double middle = (left / 2) + (right / 2);
        double step = Math.Pow(10, Math.Floor(Math.Log10((right / 2) - (left / 2)) - 0.3));
        double rounded = Math.Round(middle / step) * step;
        return rounded > left && rounded < right ? rounded : middle;
    }

    private void AddLegend(List<string> lines, string margin, bool color)
    {
        const string gap = "   ";
        var line = new StringBuilder(margin);
        int length = 0;
        for (int i = 0; i < _series.Count; i++)
        {
            string entry = LegendOf(_series[i]);
            if (length > 0 && margin.Length + length + gap.Length + entry.Length > Width)
            {
                lines.Add(line.ToString());
                line.Clear().Append(margin);
                length = 0;
            }

            if (length > 0)
            {
                line.Append(gap);
                length += gap.Length;
            }

            line.Append(color ? ColorOf(i) + entry + Reset : entry);
            length += entry.Length;
        }

        if (length > 0)
            lines.Add(line.ToString());
    }

    private string LegendOf(Series series)
    {
        int nan = series.Y.Zip(series.X).Count(p => double.IsNaN(p.First) || double.IsNaN(p.Second));
        int infinite = series.Y.Zip(series.X).Count(
            p => !double.IsNaN(p.First) && !double.IsNaN(p.Second)
                && (double.IsInfinity(p.First) || double.IsInfinity(p.Second)));
        int notPositive = LogarithmicY ? series.Y.Count(v => double.IsFinite(v) && v <= 0) : 0;

        var notes = new List<string>();
        if (nan > 0)
            notes.Add(FormattableString.Invariant($"{nan} NaN"));
        if (infinite > 0)
            notes.Add(FormattableString.Invariant($"{infinite} Inf"));
        if (notPositive > 0)
            notes.Add(FormattableString.Invariant($"{notPositive} not above 0"));

        string last = series.Y.Length == 0 ? "no points" : ValueLabel(series.Y[^1]);
        string name = Shortened(series.Name, Math.Max(8, Width / 2));
        return "── " + name + " " + last + (notes.Count > 0 ? " (" + string.Join(", ", notes) + ")" : "");
    }

    /// <summary>Keeps the end of a long name, where tags usually differ.</summary>
    private static string Shortened(string name, int length) =>
        name.Length <= length ? name : string.Concat("…", name.AsSpan(name.Length - length + 1));

    private static string ColorOf(int series) => Colors[series % Colors.Length];

    private string XLabel(double value)
    {
        if (HorizontalLabel is not null)
            return Printable(HorizontalLabel(value));
        return double.IsInteger(value) && Math.Abs(value) < 1e12
            ? value.ToString("F0", CultureInfo.InvariantCulture)
            : ValueLabel(value);
    }

    private static string ValueLabel(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e-4 and < 1e4 => value.ToString("G4", CultureInfo.InvariantCulture),
        >= 1e4 and < 1e7 => value.ToString("F0", CultureInfo.InvariantCulture),
        double.PositiveInfinity => value > 0 ? "Inf" : "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("0.###e0", CultureInfo.InvariantCulture),
    };

    private sealed record Series(string Name, double[] X, double[] Y);
}
