using TorchBoard.Drawing;

namespace TorchBoard.Meshes;

/// <summary>The look of the points of a cloud.</summary>
public sealed record PointMaterial : MeshMaterial
{
    /// <summary>The size of a point in units of the cloud; finite and greater than 0, 0.005 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not finite and greater than 0.</exception>
    public float Size
    {
        get;
        init => field = value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Size), value, "The size must be finite and greater than 0.");
    } = 0.005f;

    /// <summary>
    /// The color; by default the run's color for points without colors. It is multiplied with the colors of points.
    /// </summary>
    public Color? Color { get; init; }
}
