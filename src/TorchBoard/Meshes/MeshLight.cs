using System.Numerics;
using TorchBoard.Drawing;

namespace TorchBoard.Meshes;

/// <summary>A light on a mesh. Points of a cloud need none.</summary>
public sealed record MeshLight
{
    private MeshLight(string threeClass, Color color, float intensity, Vector3? position)
    {
        if (!float.IsFinite(intensity) || intensity < 0)
            throw new ArgumentOutOfRangeException(nameof(intensity), intensity, "The intensity must be 0 or greater.");
        if (position is { } p && !(float.IsFinite(p.X) && float.IsFinite(p.Y) && float.IsFinite(p.Z)))
            throw new ArgumentException($"The coordinates must be finite; {p} was given.", nameof(position));
        (ThreeClass, Color, Intensity, Position) = (threeClass, color, intensity, position);
    }

    /// <summary>The light's color.</summary>
    public Color Color { get; }

    /// <summary>How bright it is; 1 is full.</summary>
    public float Intensity { get; }

    /// <summary>Where it stands, or from where it shines; null for light from everywhere.</summary>
    public Vector3? Position { get; }

    /// <summary>Its class in three.js, which TensorBoard draws with.</summary>
    internal string ThreeClass { get; }

    /// <summary>Light from everywhere.</summary>
    /// <param name="intensity">How bright; 0 or greater, 1 is full.</param>
    /// <param name="color">The color; white by default.</param>
    /// <returns>The light.</returns>
    /// <exception cref="ArgumentException">The intensity is negative or not finite.</exception>
    public static MeshLight Ambient(float intensity = 1, Color? color = null) =>
        new("AmbientLight", color ?? White, intensity, null);

    /// <summary>Light from far away, like the sun's.</summary>
    /// <param name="from">The point from which it shines towards the origin.</param>
    /// <param name="intensity">How bright; 0 or greater, 1 is full.</param>
    /// <param name="color">The color; white by default.</param>
    /// <returns>The light.</returns>
    /// <exception cref="ArgumentException">The intensity is negative, or a number is not finite.</exception>
    public static MeshLight Directional(Vector3 from, float intensity = 1, Color? color = null) =>
        new("DirectionalLight", color ?? White, intensity, from);

    /// <summary>Light from a point into all directions, like a bulb's.</summary>
    /// <param name="position">Where it stands.</param>
    /// <param name="intensity">How bright; 0 or greater, 1 is full.</param>
    /// <param name="color">The color; white by default.</param>
    /// <returns>The light.</returns>
    /// <exception cref="ArgumentException">The intensity is negative, or a number is not finite.</exception>
    public static MeshLight Point(Vector3 position, float intensity = 1, Color? color = null) =>
        new("PointLight", color ?? White, intensity, position);

    private static Color White => new(byte.MaxValue, byte.MaxValue, byte.MaxValue);
}
