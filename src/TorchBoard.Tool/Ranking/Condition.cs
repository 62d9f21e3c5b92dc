using System.Globalization;
using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Ranking;

/// <summary>
/// A condition such as <c>lr &gt; 0.01</c>, <c>best accuracy &gt; 0.9</c> or <c>optimizer = adam</c>. A run without the
/// value meets no condition.
/// </summary>
internal sealed class Condition
{
    private static readonly string[] Operators = [">=", "<=", "!=", "==", ">", "<", "="];

    private readonly List<(string Name, string Operator, string Value)> _readings;
    private readonly string _text;

    private Condition(string text, List<(string Name, string Operator, string Value)> readings) =>
        (_text, _readings) = (text, readings);

    /// <summary>Whether another value of a metric than the last counts.</summary>
    public bool NeedsAllValues => _readings.Exists(reading => Columns.NeedsAllValues(reading.Name));

    /// <exception cref="UsageException">The text is not a condition.</exception>
    public static Condition Parse(string text)
    {
        // A name can contain the characters of an operator; the runs decide how to read the text.
        var readings = new List<(string, string, string)>();
        for (int i = 1; i < text.Length; i++)
        {
            if (Array.Find(Operators, sign => text.AsSpan(i).StartsWith(sign)) is not { } found)
                continue;
            (string name, string value) = (Unquoted(text[..i]), Unquoted(text[(i + found.Length)..]));
            if (name.Length > 0 && value.Length > 0)
                readings.Add((name, found, value));
            i += found.Length - 1;
        }

        return readings.Count > 0 ? new Condition(text, readings) : throw new UsageException(
            $"'{text}' is not a condition. Specify NAME OPERATOR VALUE with one of > >= < <= = !=, such as 'lr > 0.01'.");
    }

    /// <summary>Returns the column of the condition and what decides whether a run meets it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column; the message suggests similar names.</exception>
    public (Column Column, Predicate<RunResult> IsMet) Resolve(Columns columns)
    {
        foreach ((string name, string sign, string value) in _readings)
        {
            MetricChoice? best = sign[0] switch { '>' => MetricChoice.Max, '<' => MetricChoice.Min, _ => null };
            if (columns.Find(name, best) is { } column)
                return (column, run => IsMet(column.ValueOf(run), sign, value));
        }

        _ = columns.Get(_readings[0].Name);
        throw new InvalidOperationException();
    }

    /// <summary>Returns the condition as given.</summary>
    public override string ToString() => _text;

    private static string Unquoted(string text) => text.Trim() switch
    {
        ['"', .. var inner, '"'] => inner,
        ['\'', .. var inner, '\''] => inner,
        var plain => plain,
    };

    private static bool IsMet(Hyperparameter value, string sign, string text)
    {
        if (value.ToString().Length == 0)
            return false;
        if (sign is "=" or "==" or "!=")
            return IsEqual(value, text) != (sign == "!=");
        int? order = value switch
        {
            { Number: double number } => TryParse(text) is double limit ? Compare(number, limit) : null,
            { Text: { } own } => TryParse(text) is null ? string.CompareOrdinal(own, text) : null,
            _ => null,
        };
        return order is int difference && sign switch
        {
            ">" => difference > 0,
            ">=" => difference >= 0,
            "<" => difference < 0,
            _ => difference <= 0,
        };
    }

    private static bool IsEqual(Hyperparameter value, string text) => value switch
    {
        { Number: double number } => TryParse(text) is double other
            && (double.IsNaN(number) ? double.IsNaN(other) : Compare(number, other) == 0),
        { Boolean: bool truth } => bool.TryParse(text, out bool other) && truth == other,
        _ => Selection.Matches(text, value.Text!),
    };

    // A float of 0.9 is less than 0.9 as a double, which nobody means. NaN is neither more nor less than a number.
    private static int? Compare(double value, double limit)
    {
        double rounded = (float)value == value ? (float)limit : limit;
        return double.IsNaN(value) || double.IsNaN(limit) ? null : value.CompareTo(rounded);
    }

    private static double? TryParse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
        : text.ToUpperInvariant() switch
        {
            "INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            _ => null,
        };
}
