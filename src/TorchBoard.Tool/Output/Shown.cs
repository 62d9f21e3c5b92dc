using System.Globalization;

namespace TorchBoard.Tool.Output;

/// <summary>Formats numbers for tables.</summary>
internal static class Shown
{
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 run</c>, <c>3 runs</c>.</summary>
    public static string Count(long count, string noun) => Count(count) + " " + (count == 1 ? noun : noun + "s");

    public static string Step(long step) => step.ToString(CultureInfo.InvariantCulture);

    /// <summary>The range of steps.</summary>
    public static string Steps(long first, long last) => first == last ? Step(last) : $"{Step(first)}–{Step(last)}";

    public static string Value(double value) => value switch
    {
        double.PositiveInfinity => "Inf",
        double.NegativeInfinity => "-Inf",
        not 0 and > -1e-4 and < 1e-4 or <= -1e6 or >= 1e6 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
        _ => value.ToString("G5", CultureInfo.InvariantCulture),
    };

    /// <summary>A difference, with its sign.</summary>
    public static string Change(double value) => value > 0 ? "+" + Value(value) : Value(value);

    public static string Percent(double share) => double.IsFinite(share)
        ? (share * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + "%"
        : "";

    /// <summary>The exact value in a file; a float is not shown with a double's digits.</summary>
    public static string Exact(double value) => value switch
    {
        double.PositiveInfinity => "Inf",
        double.NegativeInfinity => "-Inf",
        _ when (float)value == value => ((float)value).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
    };

    public static string Kind(TagKind kind) => kind switch
    {
        TagKind.PrCurve => "PR curve",
        TagKind.Hyperparameters => "hparams",
        TagKind.None => "unknown",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>Where a file is damaged, and how.</summary>
    public static string Damage(CorruptRecord error) => $"{error.File} at byte {Step(error.Offset)}: {error.Reason}";

    /// <summary>A time in UTC; empty if there is none.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A wall time in UTC; empty if it is not valid.</summary>
    public static string Time(double seconds) => seconds is >= -62135596800 and < 253402300800
        ? DateTimeOffset.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : "";
}
