using TorchBoard.Drawing;

namespace TorchBoard.Meshes;

/// <summary>What the faces of a mesh look like.</summary>
public sealed record SurfaceMaterial : MeshMaterial
{
    /// <summary>Whether lights shade the faces (the default); otherwise they are of one flat color.</summary>
    public bool Lit { get; init; } = true;

    /// <summary>
    /// The color; white by default. Colors of points are multiplied by it: white shows them as they are.
    /// </summary>
    public Color Color { get; init; } = new(byte.MaxValue, byte.MaxValue, byte.MaxValue);

    /// <summary>How rough, 0 (a mirror) to 1 (matt, the default).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside of that range.</exception>
    public float Roughness { get; init => field = FractionOrThrow(value, nameof(Roughness)); } = 1;

    /// <summary>How metallic, 0 (not at all, the default) to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside of that range.</exception>
    public float Metalness { get; init => field = FractionOrThrow(value, nameof(Metalness)); }

    /// <summary>How opaque, 0 (invisible) to 1 (the default).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside of that range.</exception>
    public float Opacity { get; init => field = FractionOrThrow(value, nameof(Opacity)); } = 1;

    /// <summary>Whether only the edges are drawn; off by default.</summary>
    public bool Wireframe { get; init; }

    /// <summary>Whether faces are drawn from behind too; off by default.</summary>
    public bool DoubleSided { get; init; }

    private static float FractionOrThrow(float value, string name) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to 1.");
}
