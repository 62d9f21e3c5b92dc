using System.CommandLine.Parsing;
using System.Globalization;

namespace TorchBoard.Tool.Serving;

/// <summary>Parses <c>scalars=1000,images=0</c>: the number of values to keep of each tag, by plugin; 0 or all for all.</summary>
internal static class SampleCounts
{
    public const string Description =
        "How many values of each tag to keep, by plugin: scalars=1000,images=0, where 0 is for all. By default 1000 scalars, "
        + "100 tensors such as histograms, and 10 images, audio clips or graphs.";

    public static IReadOnlyDictionary<string, int> Parse(ArgumentResult result)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string pair in result.Tokens.SelectMany(
            token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (pair.Split('=', 2) is [{ Length: > 0 } plugin, var text] && TryParse(text, out int count))
                counts[plugin] = count;
            else
                result.AddError($"'{pair}' is not the number of samples of a plugin, such as images=100 or images=all.");
        }

        return counts;
    }

    private static bool TryParse(string text, out int count)
    {
        count = 0;
        return text == "all" || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
