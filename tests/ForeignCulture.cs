using System.Globalization;
using System.Runtime.CompilerServices;

/// <summary>
/// The culture of every test: a comma as decimal sign, a dot between thousands, a minus that is no hyphen. What is
/// written or printed in it by mistake, the tests then see.
/// </summary>
internal static class ForeignCulture
{
    // Made by hand, because programs with invariant globalization know no culture by name.
    public static CultureInfo Culture { get; } = Make();

#pragma warning disable CA2255 // No other place runs before all else, in programs without tests too.
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
