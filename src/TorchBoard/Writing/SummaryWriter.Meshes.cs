using System.Numerics;
using System.Runtime.InteropServices;
using TorchBoard.Meshes;
using TorchBoard.Numerics;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds a mesh or a point cloud to the Mesh dashboard.</summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>reconstruction</c>.</param>
    /// <param name="vertices">
    /// The points, three coordinates each; shape [N, 3], or [B, N, 3] for several meshes. NaN and infinite coordinates
    /// become 0.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="colors">
    /// The colors of the points, three bytes each, in the shape of the points; none by default.
    /// </param>
    /// <param name="faces">
    /// The triangles, three point indices each, counted from 0 within a mesh; shape [F, 3], or [B, F, 3] for several
    /// meshes. Browsers draw only the first 65536 points of a mesh. None by default, for a point cloud.
    /// </param>
    /// <param name="meshes">
    /// The number of meshes, B, which all have the same number of points and faces; 1 by default.
    /// </param>
    /// <param name="scene">
    /// Camera, lights and material; TensorBoard's defaults if null. TensorBoard takes them from the first value of a
    /// tag.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// All steps of a tag must have the same number of meshes, and all or none must have faces and colors: TensorBoard
    /// also takes these from the first value. The number of points and faces may change.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; there are no points; the lengths do
    /// not match; a face refers to a point that does not exist or that browsers cannot draw; the material does not
    /// match the presence of faces; or earlier meshes of the tag differ in number or parts.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddMesh<T>(
        string tag, ReadOnlySpan<T> vertices, long step, ReadOnlySpan<byte> colors = default,
        ReadOnlySpan<int> faces = default, int meshes = 1, MeshScene? scene = null, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        Tag.ThrowIfInvalid(tag);
        var mesh = new MeshData(Numbers.ToFloats(vertices), faces, colors, meshes);
        ThrowIfTooLarge(mesh.Size, nameof(vertices));
        ThrowIfOtherMaterial(scene, mesh.Form);
        string sceneJson = SceneJson.Of(scene);
        _run.Kinds.Claim([.. MeshSummary.TagsOf(tag, mesh).Select(part => (part, PluginTable.Meshes))]);
        MeshForm settled = _run.MeshForms.Of(tag, mesh.Form);
        if (settled != mesh.Form)
        {
            throw new ArgumentException(
                $"Earlier steps of the tag '{tag}' have {settled}; this one has {mesh.Form}. TensorBoard requires the "
                + "same at every step of a tag. Use another tag.",
                nameof(vertices));
        }

        Append(() => MeshSummary.Of(tag, mesh, sceneJson), mesh.Size, step, wallTime);
    }

    /// <inheritdoc cref="AddMesh{T}(string, ReadOnlySpan{T}, long, ReadOnlySpan{byte}, ReadOnlySpan{int}, int, MeshScene?, DateTimeOffset?)"/>
    public void AddMesh(
        string tag, ReadOnlySpan<Vector3> vertices, long step, ReadOnlySpan<byte> colors = default,
        ReadOnlySpan<int> faces = default, int meshes = 1, MeshScene? scene = null, DateTimeOffset? wallTime = null) =>
        AddMesh<float>(tag, MemoryMarshal.Cast<Vector3, float>(vertices), step, colors, faces, meshes, scene, wallTime);

    private static void ThrowIfOtherMaterial(MeshScene? scene, MeshForm form)
    {
        if (scene?.Material is PointMaterial && form.HasFaces)
            throw new ArgumentException("The mesh has faces; its material must be a SurfaceMaterial.", nameof(scene));
        if (scene?.Material is SurfaceMaterial && !form.HasFaces)
        {
            throw new ArgumentException(
                "The mesh has no faces; its material must be a PointMaterial.", nameof(scene));
        }
    }
}
