using TorchBoard.Imaging;

namespace TorchBoard.Panels;

/// <summary>The titles of an explanation's picture, and how it is drawn. Immutable.</summary>
public sealed record AttributionPictureOptions
{
    internal static AttributionPictureOptions Default { get; } = new();

    /// <summary>
    /// The method, the first line of the title, such as <c>LIME</c> or <c>Grad-CAM · layer4.1.conv2</c>. Empty by
    /// default, which omits the line.
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

    /// <summary>The explained class, such as <c>cat</c> or <c>class 7</c>; null by default.</summary>
    public string? Class { get; init; }

    /// <summary>The score of that class; <see cref="Interpretation.Attribution.Score"/> by default.</summary>
    public double? Score { get; init; }

    /// <summary>
    /// Which values of an attribution are drawn; both signs by default. No effect on class activation maps.
    /// </summary>
    public AttributionSign Sign
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Sign), value, "The sign does not exist.");
    }

    /// <summary>
    /// Whether the plain picture is drawn beside the explanation, which covers part of it; true by default. No effect
    /// on grids of several explanations.
    /// </summary>
    public bool ShowPicture { get; init; } = true;

    /// <summary>
    /// The magnitude with the full color; finite and greater than 0. By default, it depends on the magnitudes and, for
    /// attributions in units of the score, on the score; see <see cref="AttributionPicture"/>.
    /// </summary>
    public double? ScaleEnd
    {
        get;
        init
        {
            if (value is { } end && !(end > 0 && float.IsFinite((float)end)))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(ScaleEnd), value, "ScaleEnd must be finite and greater than 0.");
            }

            field = value;
        }
    }

    /// <summary>
    /// The number of pictures in a row of a grid; at least 1. By default, the grid is about square, with up to four. For
    /// several classes of several pictures, the number of classes puts each picture in a row. No effect on a single picture.
    /// </summary>
    public int? Columns
    {
        get;
        init
        {
            if (value < 1)
                throw new ArgumentOutOfRangeException(nameof(Columns), value, "Columns must be at least 1.");
            field = value;
        }
    }

    /// <summary>The label of the color bar; by default it is derived from the attribution.</summary>
    public string? ScaleLabel { get; init; }

    /// <summary>
    /// The names of the features of a vector; by default <c>feature 0</c>, <c>feature 1</c>, …. No effect on pictures.
    /// </summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }
}
