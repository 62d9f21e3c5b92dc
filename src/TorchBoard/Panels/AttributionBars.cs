using System.Globalization;
using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;

namespace TorchBoard.Panels;

/// <summary>Draws the contribution of each feature of a vector as a bar.</summary>
internal static class AttributionBars
{
    /// <summary>More bars would not be legible.</summary>
    private const int MostBars = 20;

    public static Picture Draw(Attribution attribution, AttributionPictureOptions options)
    {
        ReadOnlySpan<double> values = attribution.Values;
        string[] names = Names(options, values.Length);
        double[] shown = [.. values.ToArray().Select(value => options.Sign switch
        {
            AttributionSign.Positive => Math.Max(value, 0),
            AttributionSign.Negative => Math.Min(value, 0),
            AttributionSign.Absolute => Math.Abs(value),
            _ => value,
        })];

        // The order is stable: features of equal magnitude keep their order.
        int[] order = [.. Enumerable.Range(0, shown.Length).OrderByDescending(i => Math.Abs(shown[i]))];
        string unit = options.ScaleLabel
            ?? (attribution.IsInUnitsOfScore ? "contribution to the score" : "attribution");
        int bars = order.Length > MostBars ? MostBars - 1 : order.Length;
        List<string> labels = [.. order.Take(bars).Select(i => names[i])];
        List<double> lengths = [.. order.Take(bars).Select(i => shown[i])];
        if (bars < order.Length && attribution.IsInUnitsOfScore)
        {
            labels.Add(string.Create(CultureInfo.InvariantCulture, $"sum of {order.Length - bars} others"));
            lengths.Add(order.Skip(bars).Sum(i => shown[i]));
        }
        else if (bars < order.Length)
        {
            unit += string.Create(CultureInfo.InvariantCulture, $", the {bars} largest of {order.Length} features");
        }

        string title = AttributionPicture.Title(attribution, options);
        return new Figure { Title = title, XLabel = unit }
            .SignedBars<double>(labels, lengths.ToArray())
            .Render();
    }

    private static string[] Names(AttributionPictureOptions options, int features)
    {
        if (options.FeatureNames is not { } names)
        {
            return
            [
                .. Enumerable.Range(0, features)
                    .Select(i => string.Create(CultureInfo.InvariantCulture, $"feature {i}")),
            ];
        }

        if (names.Count != features)
        {
            throw new ArgumentException(
                $"Expected {features} feature names, one per feature; got {names.Count}.", nameof(options));
        }

        return [.. names];
    }
}
