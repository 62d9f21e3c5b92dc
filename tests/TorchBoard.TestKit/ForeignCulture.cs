using System.Globalization;
using System.Runtime.CompilerServices;

namespace TorchBoard.TestKit;

/// <summary>
/// The culture that all tests run in: a comma as the decimal separator, a dot between thousands, a minus sign that is
/// not a hyphen. A number that is formatted with the current culture by mistake then fails a test.
/// </summary>
internal static class ForeignCulture
{
    // Built here because a program with invariant globalization cannot look up a culture by name.
    public static CultureInfo Culture { get; } = Make();

    /// <summary>Makes this the culture of all threads, as soon as anything of this library is used.</summary>
#pragma warning disable CA2255 // A test cannot forget to call it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Begin()
    {
        CultureInfo.DefaultThreadCurrentCulture = Culture;
        CultureInfo.CurrentCulture = Culture;
    }

    private static CultureInfo Make()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        NumberFormatInfo numbers = culture.NumberFormat;
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.PercentDecimalSeparator) =
            (",", ".", ",");
        (numbers.NegativeSign, numbers.NaNSymbol, numbers.PositiveInfinitySymbol) = ("−", "nichts", "∞");
        (culture.DateTimeFormat.DateSeparator, culture.DateTimeFormat.TimeSeparator) = (".", "h");
        return culture;
    }
}
