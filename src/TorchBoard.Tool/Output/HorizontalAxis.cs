using System.CommandLine;
using System.Globalization;

namespace TorchBoard.Tool.Output;

/// <summary>What the horizontal axis of a chart shows: steps, the time since a curve's first point, or the time of day.</summary>
internal sealed class HorizontalAxis
{
    private const double Minute = 60;
    private const double Hour = 60 * Minute;
    private const double Day = 24 * Hour;

    private HorizontalAxis(string name, Func<ScalarSeries, double[]> positions)
    {
        Name = name;
        Of = positions;
    }

    public static HorizontalAxis Step { get; } = new("step", curve => Array.ConvertAll(curve.Steps.ToArray(), step => (double)step));

    public static HorizontalAxis Relative { get; } = new("relative", Since);

    public static HorizontalAxis Wall { get; } = new("wall", curve => curve.WallTimes.ToArray());

    public string Name { get; }

    /// <summary>Returns the positions of a curve's points: steps or seconds.</summary>
    public Func<ScalarSeries, double[]> Of { get; }

    public bool IsStep => this == Step;

    public static Option<string> Option()
    {
        var option = new Option<string>("--x")
        {
            Description = "The horizontal axis of charts: the step, the time since the first point, or the wall time (UTC).",
            DefaultValueFactory = _ => Step.Name,
        };
        option.AcceptOnlyFromAmong(Step.Name, Relative.Name, Wall.Name);
        return option;
    }

    public static HorizontalAxis Named(string? name) => name == Relative.Name ? Relative : name == Wall.Name ? Wall : Step;

    /// <summary>Returns how positions from one to another are written; null for steps, which are numbers.</summary>
    public Func<double, string>? Labels(double from, double to)
    {
        if (IsStep)
            return null;
        if (this == Relative)
            return Duration;
        string format = Math.Floor(from / Day) == Math.Floor(to / Day) ? "HH:mm:ss" : "MM-dd HH:mm";
        return seconds => Instant(seconds)?.ToString(format, CultureInfo.InvariantCulture) ?? Shown.Value(seconds);
    }

    /// <summary>The title with what the axis shows if it is not the step.</summary>
    public string Title(string title, double from) => IsStep ? title
        : this == Relative ? $"{title} (by time)"
        : Instant(from) is { } start ? string.Create(CultureInfo.InvariantCulture, $"{title} (from {start:yyyy-MM-dd}, UTC)")
        : title;

    private static string Duration(double seconds) => Math.Abs(seconds) switch
    {
        < 2 * Minute => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.##} s"),
        < 2 * Hour => string.Create(CultureInfo.InvariantCulture, $"{seconds / Minute:0.#} min"),
        < 2 * Day => string.Create(CultureInfo.InvariantCulture, $"{seconds / Hour:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / Day:0.#} d"),
    };

    private static double[] Since(ScalarSeries curve)
    {
        double[] times = curve.WallTimes.ToArray();
        return times.Length == 0 ? times : Array.ConvertAll(times, time => time - times[0]);
    }

    private static DateTimeOffset? Instant(double seconds) =>
        seconds is >= -62135596800 and < 253402300800 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
}
