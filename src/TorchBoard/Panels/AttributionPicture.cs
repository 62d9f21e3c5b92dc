using System.Globalization;
using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;

namespace TorchBoard.Panels;

/// <summary>
/// Draws explanations as self-explanatory pictures: method, class and score at the top, the plain picture and the
/// explanation over it side by side, and a color bar with its scale. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// The picture is drawn in pale gray below the colors. A picture with fewer than 224 rows and columns is enlarged by a
/// whole number, so that its longer side has at least 224; each pixel becomes a square. Text is large enough to be
/// legible in a card of TensorBoard, 350 pixels wide.
/// </para>
/// <para>
/// The full color represents the smallest magnitude at which the magnitudes up to it sum to 98 % of the sum of all
/// (Captum's rule for outliers). For an attribution in units of the score
/// (<see cref="Attribution.IsInUnitsOfScore"/>), it represents at least 2·max(|f|, |f − f₀|)/N, where f is the score,
/// f₀ the score of the baseline and N the number of features or pixels. A feature with an even share of the score then
/// has at most half of the full color, and values that are negligible relative to the score look negligible. The color
/// bar then has that unit; otherwise it ends at 1, and its label gives the value of 1.
/// <see cref="AttributionPictureOptions.ScaleEnd"/> replaces the rule.
/// </para>
/// <para>
/// An attribution of zeros is drawn without colors and labeled "all zero". <see cref="AttributionMap"/> and
/// <see cref="HeatOverlay"/> draw only the colors, one pixel per value.
/// </para>
/// </remarks>
public static class AttributionPicture
{
    internal const string AllZero = "all zero";

    private const int LegibleSide = 224;
    private const int MostColumns = 4;
    private const string Shared = ", one scale for all";
    private const string OfScore = "contribution to the score";
    private const string OfMap = "class activation, 0 to 1";

    /// <summary>
    /// Draws the contribution of each pixel: green raises the score, red lowers it. For a vector, draws a bar for each
    /// feature, the largest at the top.
    /// </summary>
    /// <param name="attribution">The attribution: shape [H, W], [C, H, W] (summed over channels) or [features].</param>
    /// <param name="picture">The explained picture, of the same height and width; none by default.</param>
    /// <param name="options">Titles and drawing options.</param>
    /// <exception cref="ArgumentException">
    /// The attribution has other dimensions, the picture has another size, or the number of names is not the number of
    /// features.
    /// </exception>
    public static Picture Draw(
        Attribution attribution, Picture? picture = null, AttributionPictureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        options ??= AttributionPictureOptions.Default;
        return attribution.Shape.Length == 1
            ? AttributionBars.Draw(attribution, options)
            : Draw([new(attribution, picture, options.Class, options.Score)], options);
    }

    /// <summary>Draws a class activation map over the picture that it explains; red is the maximum.</summary>
    /// <param name="map">
    /// The map, 0 to 1, shape [H, W] or [1, H, W]; it is resized bilinearly to the picture's size.
    /// </param>
    /// <param name="picture">The explained picture.</param>
    /// <param name="options">Titles and drawing options.</param>
    /// <exception cref="ArgumentException">The map has another shape.</exception>
    public static Picture DrawActivationMap(
        Attribution map, Picture picture, AttributionPictureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(picture);
        options ??= AttributionPictureOptions.Default;
        return DrawActivationMaps([new(map, picture, options.Class, options.Score)], options);
    }

    /// <summary>
    /// Draws the contribution of each pixel in several pictures, as a grid on one scale (see
    /// <see cref="AttributionPictureOptions.Columns"/>), with class and score above each. A single picture is drawn without a grid.
    /// </summary>
    /// <param name="explained">The explanations, for pictures of one size; at least one.</param>
    /// <param name="options">
    /// Titles and drawing options for all; <see cref="AttributionPictureOptions.Class"/> and
    /// <see cref="AttributionPictureOptions.Score"/> have no effect.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no explanations, one is not of a picture, or the pictures differ in size.
    /// </exception>
    public static Picture Draw(
        IReadOnlyList<ExplainedPicture> explained, AttributionPictureOptions? options = null)
    {
        ThrowIfNone(explained);
        options ??= AttributionPictureOptions.Default;
        (float[] Values, int[] Shape)[] shown = [.. explained.Select(one => AttributionScale.Shown(one.Attribution))];
        double end = options.ScaleEnd ?? Enumerable.Range(0, shown.Length).Max(i => AttributionMap.Of(
            shown[i].Values, shown[i].Shape, options.Sign, AttributionScale.Least(explained[i].Attribution),
            scale: null).Scale);
        AttributionMap[] maps =
        [
            .. shown.Select(one => AttributionMap.Of(one.Values, one.Shape, options.Sign, leastScale: 0, end)),
        ];
        var panels = new Panel[maps.Length];
        for (int i = 0; i < panels.Length; i++)
        {
            AttributionMap map = maps[i];
            if (explained[i].Picture is { } picture && (picture.Height, picture.Width) != (map.Height, map.Width))
            {
                throw new ArgumentException(
                    $"The picture is {picture.Height} × {picture.Width}; the attribution is "
                    + $"{map.Height} × {map.Width}.",
                    nameof(explained));
            }

            panels[i] = PanelOf(explained[i], map.Values, map.Height, map.Width, map.Colors, map.IsBlank);
        }

        bool isOfScore = explained.All(one => one.Attribution.IsInUnitsOfScore);
        bool isNumbered = isOfScore || options.ScaleEnd is not null;
        double most = isNumbered ? end : 1;
        string label = options.ScaleLabel
            ?? (isNumbered ? isOfScore ? OfScore : "" : $"relative, 1 is {Number(end)}");
        bool isSigned = options.Sign == AttributionSign.Both;
        var bar = new ScaleBar(maps[0].Colors, isSigned ? -most : 0, most, label);
        return Sheet(explained, panels, bar, options);
    }

    /// <summary>Draws class activation maps over several pictures, as a grid.</summary>
    /// <param name="explained">The maps, 0 to 1, with pictures of one size; at least one.</param>
    /// <param name="options">
    /// Titles and drawing options for all; <see cref="AttributionPictureOptions.Class"/> and
    /// <see cref="AttributionPictureOptions.Score"/> have no effect.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no maps, a map has another shape or no picture, or the pictures differ in size.
    /// </exception>
    public static Picture DrawActivationMaps(
        IReadOnlyList<ExplainedPicture> explained, AttributionPictureOptions? options = null)
    {
        ThrowIfNone(explained);
        options ??= AttributionPictureOptions.Default;
        var panels = new Panel[explained.Count];
        for (int i = 0; i < panels.Length; i++)
        {
            Attribution map = explained[i].Attribution;
            if (map.Shape is not ([_, _] or [1, _, _]))
            {
                throw new ArgumentException(
                    $"The shape of a map must be [height, width]; was [{string.Join(", ", map.Shape.ToArray())}].",
                    nameof(explained));
            }

            Picture picture = explained[i].Picture
                ?? throw new ArgumentException($"Map {i} has no picture.", nameof(explained));
            float[] heat = Resampling.Resize(map.ToFloats(), map.Shape[^2..], picture.Height, picture.Width);
            panels[i] = PanelOf(explained[i], heat, picture.Height, picture.Width, Tint.Heat, map.IsAllZero);
        }

        return Sheet(explained, panels, new ScaleBar(Tint.Heat, 0, 1, options.ScaleLabel ?? OfMap), options);
    }

    /// <summary>Formats a number for titles, with four digits.</summary>
    internal static string Number(double value)
    {
        bool isScientific = value != 0 && Math.Abs(value) is < 1e-3 or >= 1e6;
        return Axis.Typeset(value.ToString(isScientific ? "0.##e0" : "G4", CultureInfo.InvariantCulture));
    }

    /// <summary>Returns class and score, as far as they are known.</summary>
    internal static string Subject(string? className, double? score, string scoreName = "score ") => string.Join(
        " · ",
        ((string?[])[className, score is { } known ? scoreName + Number(known) : null])
            .Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>Returns method, class and score, as far as they are known, and whether all values are 0.</summary>
    internal static string Title(Attribution attribution, AttributionPictureOptions options) => string.Join(
        " · ",
        ((string[])
        [
            options.Method,
            Subject(options.Class, options.Score ?? attribution.Score),
            attribution.IsAllZero ? AllZero : "",
        ]).Where(part => part.Length > 0));

    private static Panel PanelOf(
        ExplainedPicture explained, ReadOnlySpan<float> values, int height, int width, ColorMap colors,
        bool isBlank) =>
        new(Enlarged(Tint.Draw(values, height, width, colors, explained.Picture)))
        {
            Note = isBlank ? AllZero : "",
        };

    private static Picture Sheet(
        IReadOnlyList<ExplainedPicture> explained, Panel[] panels, ScaleBar bar, AttributionPictureOptions options)
    {
        if (explained.Count == 1)
        {
            ExplainedPicture one = explained[0];
            Panel[] both = options.ShowPicture && one.Picture is { } picture
                ? [new Panel(Enlarged(picture.Raster)), panels[0]]
                : panels;
            return new(new PanelSheet
            {
                Title = options.Method,
                Subtitle = Subject(one.Class, one.Score ?? one.Attribution.Score),
                Panels = both,
                Columns = both.Length,
                Bar = bar,
            }.Draw());
        }

        if (panels.Select(panel => (panel.Picture.Width, panel.Picture.Height)).Distinct().Count() > 1)
            throw new ArgumentException("All pictures of a grid must have one size.", nameof(explained));
        return new(new PanelSheet
        {
            Title = options.Method,
            Panels =
            [
                .. panels.Select((panel, i) => panel with
                {
                    Caption = Subject(
                        explained[i].Class, explained[i].Score ?? explained[i].Attribution.Score, scoreName: ""),
                }),
            ],
            Columns = options.Columns ?? Math.Min((int)Math.Ceiling(Math.Sqrt(panels.Length)), MostColumns),
            Bar = bar with { Label = bar.Label + Shared },
        }.Draw());
    }

    private static void ThrowIfNone(IReadOnlyList<ExplainedPicture> explained)
    {
        ArgumentNullException.ThrowIfNull(explained);
        if (explained.Count == 0 || explained.Any(one => one?.Attribution is null))
        {
            throw new ArgumentException(
                "At least one explanation is required, and none may be null.", nameof(explained));
        }
    }

    private static Raster Enlarged(Raster picture)
    {
        int side = Math.Max(picture.Width, picture.Height);
        return picture.Enlarged(Math.Max((LegibleSide + side - 1) / side, 1));
    }
}
