using System.Globalization;
using System.Runtime.CompilerServices;

/// <summary>
/// The culture of every test: a comma as decimal sign, a dot between thousands, a minus that is no hyphen. What is
/// written or printed in it by mistake, the tests then see.
/// </summary>
internal static class ForeignCulture
{
#pragma warning disable CA2255 // No other place runs before all tests, in programs without tests too.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Begin()
    {
        // Made by hand, because programs with invariant globalization know no culture by name.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.NaNSymbol = "nichts";
        culture.NumberFormat.PositiveInfinitySymbol = "∞";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = "h";
        CultureInfo.DefaultThreadCurrentCulture = culture;
        CultureInfo.CurrentCulture = culture;
    }
}
