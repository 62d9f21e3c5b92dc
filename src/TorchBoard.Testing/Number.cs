using System.Globalization;

namespace TorchBoard.Testing;

/// <summary>Numbers as messages and the language of expectations write them.</summary>
internal static class Number
{
    /// <summary>The shortest text of a value; what was a float in a file is not shown with a double's digits.</summary>
    public static string Text(double value) => value switch
    {
        double.PositiveInfinity => "Inf",
        double.NegativeInfinity => "-Inf",
        _ when (float)value == value => ((float)value).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A value seen: a float with all its digits, and seven of a double.</summary>
    public static string Seen(double value) =>
        !double.IsFinite(value) || (float)value == value
            ? Text(value)
            : value.ToString("G7", CultureInfo.InvariantCulture);

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A computed number: four digits tell enough.</summary>
    public static string Rounded(double value) =>
        double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : Text(value);

    public static string Percent(double share) => Text(Math.Round(share * 100, 10)) + "%";

    public static string Points(long count) => count == 1 ? "1 point" : Text(count) + " points";
}
