namespace TorchBoard.Meshes;

/// <summary>
/// The scene in which TensorBoard shows a mesh. TensorBoard uses the scene of a tag's first value; null properties
/// keep the defaults.
/// </summary>
public sealed record MeshScene
{
    /// <summary>The initial camera.</summary>
    public MeshCamera? Camera { get; init; }

    /// <summary>
    /// All lights; by default an ambient light and a light from the front, each with an intensity of 0.75.
    /// </summary>
    public IReadOnlyList<MeshLight>? Lights { get; init; }

    /// <summary>
    /// The look of faces or points. By default, faces are matte gray (#a0a0a0), which also darkens the colors of
    /// points.
    /// </summary>
    public MeshMaterial? Material { get; init; }
}
