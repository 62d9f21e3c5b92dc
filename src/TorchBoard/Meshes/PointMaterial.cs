using TorchBoard.Drawing;

namespace TorchBoard.Meshes;

/// <summary>What the points of a cloud look like.</summary>
public sealed record PointMaterial : MeshMaterial
{
    /// <summary>The size of a point, in units of the cloud; greater than 0, 0.005 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not greater than 0.</exception>
    public float Size
    {
        get;
        init => field = value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Size), value, "The size must be greater than 0.");
    } = 0.005f;

    /// <summary>
    /// The color; by default the run's for points without colors. Colors of points are multiplied by it.
    /// </summary>
    public Color? Color { get; init; }
}
