using TorchBoard.Imaging;

namespace TorchBoard.Panels;

/// <summary>What a picture of an explanation says above it and beside it, and how it is drawn. Never changes.</summary>
public sealed record AttributionPictureOptions
{
    internal static AttributionPictureOptions Default { get; } = new();

    /// <summary>
    /// The method, the first line of the title, such as <c>LIME</c> or <c>Grad-CAM · layer4.1.conv2</c>; empty by
    /// default, and then that line is left out.
    /// </summary>
    public string Method
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Method));
            field = value;
        }
    } = "";

    /// <summary>What is explained, such as <c>cat</c> or <c>class 7</c>; null by default.</summary>
    public string? Class { get; init; }

    /// <summary>The score of that class; by default <see cref="Interpretation.Attribution.Score"/>.</summary>
    public double? Score { get; init; }

    /// <summary>
    /// Which values of an attribution are shown; by default those of both signs. Without effect on class activation
    /// maps.
    /// </summary>
    public AttributionSign Sign
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Sign), value, "There is no such sign.");
    }

    /// <summary>
    /// Whether the plain picture stands beside the explanation that is drawn over it. On by default: the explanation
    /// covers part of what it explains. Grids of several explanations have no room for it.
    /// </summary>
    public bool ShowPicture { get; init; } = true;

    /// <summary>
    /// The magnitude that has the full color; finite and above 0. By default the magnitudes themselves decide, and
    /// for attributions in units of the score the score too; <see cref="AttributionPicture"/> gives the rule.
    /// </summary>
    public double? ScaleEnd
    {
        get;
        init
        {
            if (value is { } end && !(end > 0 && float.IsFinite((float)end)))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(ScaleEnd), value, "The end of the scale is a finite number above 0.");
            }

            field = value;
        }
    }

    /// <summary>
    /// What the values are, written beside the color bar; by default what the attribution itself tells.
    /// </summary>
    public string? ScaleLabel { get; init; }

    /// <summary>
    /// The names of the features, where the input is a vector; by default <c>feature 0</c>, <c>feature 1</c>, ….
    /// Without effect on pictures.
    /// </summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }
}
