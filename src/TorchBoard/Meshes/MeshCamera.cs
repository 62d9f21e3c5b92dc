using System.Numerics;

namespace TorchBoard.Meshes;

/// <summary>
/// The initial camera of a mesh; the mouse moves it afterwards. It is a perspective camera: TensorBoard cannot position
/// an orthographic one.
/// </summary>
public sealed record MeshCamera
{
    /// <summary>The vertical field of view in degrees; greater than 0 and less than 180, 75 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is out of range.</exception>
    public float FieldOfView
    {
        get;
        init => field = value is > 0 and < 180
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(FieldOfView), value, "The field of view must be greater than 0 and less than 180 degrees.");
    } = 75;

    /// <summary>The distance below which nothing is drawn; finite and greater than 0, 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The distance is not finite and greater than 0.</exception>
    public float Near
    {
        get;
        init => field = value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Near), value, "The distance must be finite and greater than 0.");
    } = 0.1f;

    /// <summary>
    /// The position of the camera; by default in front of the mesh, at a distance that shows all of it. Objects farther
    /// away than about three times that distance are not drawn.
    /// </summary>
    /// <remarks>Meshes with faces are moved so that the center of their bounding box is at the origin.</remarks>
    /// <exception cref="ArgumentException">A coordinate is not finite.</exception>
    public Vector3? Position
    {
        get;
        init => field = FiniteOrThrow(value, nameof(Position));
    }

    /// <summary>The point that the camera looks at; the center of the mesh by default.</summary>
    /// <exception cref="ArgumentException">A coordinate is not finite.</exception>
    public Vector3? LookAt
    {
        get;
        init => field = FiniteOrThrow(value, nameof(LookAt));
    }

    private static Vector3? FiniteOrThrow(Vector3? value, string name) =>
        value is not { } v || (float.IsFinite(v.X) && float.IsFinite(v.Y) && float.IsFinite(v.Z))
            ? value
            : throw new ArgumentException($"The coordinates must be finite; was {v}.", name);
}
