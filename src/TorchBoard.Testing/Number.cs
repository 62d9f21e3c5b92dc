using System.Globalization;

namespace TorchBoard.Testing;

/// <summary>Formats numbers for messages and the expectation language.</summary>
internal static class Number
{
    /// <summary>The shortest text of a value. A value that is a float is not shown with a double's digits.</summary>
    public static string Text(double value) => value switch
    {
        double.PositiveInfinity => "Inf",
        double.NegativeInfinity => "-Inf",
        _ when (float)value == value => ((float)value).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A measured value: all digits of a float, seven digits of a double.</summary>
    public static string Seen(double value) =>
        !double.IsFinite(value) || (float)value == value
            ? Text(value)
            : value.ToString("G7", CultureInfo.InvariantCulture);

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A computed number, with four digits.</summary>
    public static string Rounded(double value) =>
        double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : Text(value);

    public static string Percent(double share) => Text(Math.Round(share * 100, 10)) + "%";

    public static string Points(long count) => count == 1 ? "1 point" : Text(count) + " points";
}
