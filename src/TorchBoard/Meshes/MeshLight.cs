using System.Numerics;
using TorchBoard.Drawing;

namespace TorchBoard.Meshes;

/// <summary>A light on a mesh. Point clouds need no lights.</summary>
public sealed record MeshLight
{
    private MeshLight(string threeClass, Color color, float intensity, Vector3? position)
    {
        if (!float.IsFinite(intensity) || intensity < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(intensity), intensity, "The intensity must be finite and at least 0.");
        }

        if (position is { } p && !(float.IsFinite(p.X) && float.IsFinite(p.Y) && float.IsFinite(p.Z)))
            throw new ArgumentException($"The coordinates must be finite; was {p}.", nameof(position));
        (ThreeClass, Color, Intensity, Position) = (threeClass, color, intensity, position);
    }

    /// <summary>The light's color.</summary>
    public Color Color { get; }

    /// <summary>The intensity; 1 is full.</summary>
    public float Intensity { get; }

    /// <summary>The position, or the origin of directional light; null for ambient light.</summary>
    public Vector3? Position { get; }

    /// <summary>The class in three.js, the renderer of TensorBoard.</summary>
    internal string ThreeClass { get; }

    /// <summary>Creates ambient light.</summary>
    /// <param name="intensity">The intensity; at least 0, 1 is full.</param>
    /// <param name="color">The color; white by default.</param>
    /// <returns>The light.</returns>
    /// <exception cref="ArgumentException">The intensity is negative or not finite.</exception>
    public static MeshLight Ambient(float intensity = 1, Color? color = null) =>
        new("AmbientLight", color ?? White, intensity, null);

    /// <summary>Creates distant light with parallel rays, like sunlight.</summary>
    /// <param name="from">The point from which the light shines toward the origin.</param>
    /// <param name="intensity">The intensity; at least 0, 1 is full.</param>
    /// <param name="color">The color; white by default.</param>
    /// <returns>The light.</returns>
    /// <exception cref="ArgumentException">The intensity is negative, or a number is not finite.</exception>
    public static MeshLight Directional(Vector3 from, float intensity = 1, Color? color = null) =>
        new("DirectionalLight", color ?? White, intensity, from);

    /// <summary>Creates light from a point in all directions, like a bulb.</summary>
    /// <param name="position">The position of the light.</param>
    /// <param name="intensity">The intensity; at least 0, 1 is full.</param>
    /// <param name="color">The color; white by default.</param>
    /// <returns>The light.</returns>
    /// <exception cref="ArgumentException">The intensity is negative, or a number is not finite.</exception>
    public static MeshLight Point(Vector3 position, float intensity = 1, Color? color = null) =>
        new("PointLight", color ?? White, intensity, position);

    private static Color White => new(byte.MaxValue, byte.MaxValue, byte.MaxValue);
}
