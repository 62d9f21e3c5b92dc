namespace TorchBoard.Meshes;

/// <summary>
/// How TensorBoard shows a mesh. It takes the scene from the first value of a tag; what is left out is as it is by
/// default.
/// </summary>
public sealed record MeshScene
{
    /// <summary>From where the mesh is looked at first.</summary>
    public MeshCamera? Camera { get; init; }

    /// <summary>
    /// The lights, all of them; by default one from everywhere and one from the front, at an intensity of 0.75 each.
    /// </summary>
    public IReadOnlyList<MeshLight>? Lights { get; init; }

    /// <summary>
    /// What faces or points look like. By default, faces are matt and gray (#a0a0a0), which darkens the colors of
    /// points too.
    /// </summary>
    public MeshMaterial? Material { get; init; }
}
