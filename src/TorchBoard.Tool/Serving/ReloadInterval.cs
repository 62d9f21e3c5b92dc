using System.CommandLine.Parsing;
using System.Globalization;

namespace TorchBoard.Tool.Serving;

/// <summary>Parses the time between two looks at the runs: seconds, or once.</summary>
internal static class ReloadInterval
{
    public const string Description = "Look for new events after this many seconds, or once. By default 5, and 30 with an object store.";

    /// <summary>The longest delay of a timer, in seconds: 49 days.</summary>
    private const double Greatest = 4e6;

    public static TimeSpan Parse(ArgumentResult result)
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (text == "once")
            return Timeout.InfiniteTimeSpan;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= 0 and <= Greatest)
        {
            return TimeSpan.FromSeconds(Math.Max(seconds, 0.01));
        }

        result.AddError($"'{text}' is not a number of seconds from 0 to {Greatest}, or once.");
        return Timeout.InfiniteTimeSpan;
    }
}
