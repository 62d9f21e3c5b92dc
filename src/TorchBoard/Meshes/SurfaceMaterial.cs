using TorchBoard.Drawing;

namespace TorchBoard.Meshes;

/// <summary>The look of the faces of a mesh.</summary>
public sealed record SurfaceMaterial : MeshMaterial
{
    /// <summary>Whether lights shade the faces; otherwise they have a flat color. True by default.</summary>
    public bool Lit { get; init; } = true;

    /// <summary>
    /// The color; white by default. It is multiplied with the colors of points, so white leaves them unchanged.
    /// </summary>
    public Color Color { get; init; } = new(byte.MaxValue, byte.MaxValue, byte.MaxValue);

    /// <summary>The roughness, 0 (a mirror) to 1 (matte); 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Roughness { get; init => field = FractionOrThrow(value, nameof(Roughness)); } = 1;

    /// <summary>The metalness, 0 (not metallic) to 1; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Metalness { get; init => field = FractionOrThrow(value, nameof(Metalness)); }

    /// <summary>The opacity, 0 (invisible) to 1 (opaque); 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Opacity { get; init => field = FractionOrThrow(value, nameof(Opacity)); } = 1;

    /// <summary>Whether only the edges are drawn; false by default.</summary>
    public bool Wireframe { get; init; }

    /// <summary>Whether both sides of faces are drawn; false by default.</summary>
    public bool DoubleSided { get; init; }

    private static float FractionOrThrow(float value, string name) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be between 0 and 1.");
}
