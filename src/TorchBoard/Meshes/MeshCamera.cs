using System.Numerics;

namespace TorchBoard.Meshes;

/// <summary>
/// From where a mesh is looked at first; the mouse moves it afterwards. It is a perspective camera: TensorBoard cannot
/// place an orthographic one.
/// </summary>
public sealed record MeshCamera
{
    /// <summary>The vertical angle of view in degrees, greater than 0 and less than 180; 75 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is outside of that range.</exception>
    public float FieldOfView
    {
        get;
        init => field = value is > 0 and < 180
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(FieldOfView), value, "The angle of view must be greater than 0 and less than 180 degrees.");
    } = 75;

    /// <summary>What is closer to the camera than this is not drawn; greater than 0, 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The distance is not greater than 0.</exception>
    public float Near
    {
        get;
        init => field = value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Near), value, "The distance must be greater than 0.");
    } = 0.1f;

    /// <summary>
    /// Where the camera is; by default in front of the mesh, at a distance that shows all of it. What lies farther away
    /// than about three times that distance is not drawn.
    /// </summary>
    /// <remarks>Meshes with faces are moved so that the middle of their bounding box is the origin.</remarks>
    /// <exception cref="ArgumentException">A coordinate is not finite.</exception>
    public Vector3? Position
    {
        get;
        init => field = FiniteOrThrow(value, nameof(Position));
    }

    /// <summary>Where the camera looks; the middle of the mesh by default.</summary>
    /// <exception cref="ArgumentException">A coordinate is not finite.</exception>
    public Vector3? LookAt
    {
        get;
        init => field = FiniteOrThrow(value, nameof(LookAt));
    }

    private static Vector3? FiniteOrThrow(Vector3? value, string name) =>
        value is not { } v || (float.IsFinite(v.X) && float.IsFinite(v.Y) && float.IsFinite(v.Z))
            ? value
            : throw new ArgumentException($"The coordinates must be finite; {v} was given.", name);
}
