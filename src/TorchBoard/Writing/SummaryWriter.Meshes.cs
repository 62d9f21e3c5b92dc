using System.Numerics;
using System.Runtime.InteropServices;
using TorchBoard.Meshes;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds a mesh, or a cloud of points, to the Mesh dashboard.</summary>
    /// <param name="tag">The tag, such as <c>reconstruction</c>.</param>
    /// <param name="vertices">
    /// The points, three coordinates each: shape [N, 3], or [B, N, 3] for several meshes. Coordinates that are NaN or
    /// infinite become 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="colors">The points' colors, three bytes each, shaped as the points are; none by default.</param>
    /// <param name="faces">
    /// The triangles, three numbers of points each, counted from 0 within a mesh: shape [F, 3], or [B, F, 3] for
    /// several meshes. Browsers draw the first 65536 points of a mesh only. None by default, which is a cloud of
    /// points.
    /// </param>
    /// <param name="meshes">How many meshes, B, of equally many points and faces; 1 by default.</param>
    /// <param name="scene">
    /// Camera, lights and material; TensorBoard's own by default. TensorBoard takes them from the first value of a tag.
    /// </param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>
    /// All steps of a tag have equally many meshes, and all or none of them have faces and colors: TensorBoard takes
    /// that too from the first value. How many points and faces there are may change.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode; there is no point; the lengths do not fit together; a face names a
    /// point that is not there or that browsers cannot draw; the material is for points and there are faces, or the
    /// other way round; or the tag's earlier meshes were of another number or other parts.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddMesh(
        string tag, ReadOnlySpan<float> vertices, long step, ReadOnlySpan<byte> colors = default,
        ReadOnlySpan<int> faces = default, int meshes = 1, MeshScene? scene = null, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        var mesh = new MeshData(vertices, faces, colors, meshes);
        ThrowIfTooLarge(mesh.Size, nameof(vertices));
        ThrowIfOtherMaterial(scene, mesh.Form);
        string sceneJson = SceneJson.Of(scene);
        MeshForm settled = _run.MeshForms.Of(tag, mesh.Form);
        if (settled != mesh.Form)
        {
            throw new ArgumentException(
                $"The tag '{tag}' has had {settled} so far, and now {mesh.Form}. TensorBoard wants the same at every "
                + "step of a tag; give others a tag of their own.",
                nameof(vertices));
        }

        Append(() => MeshSummary.Of(tag, mesh, sceneJson), mesh.Size, step, wallTime);
    }

    /// <inheritdoc cref="AddMesh(string, ReadOnlySpan{float}, long, ReadOnlySpan{byte}, ReadOnlySpan{int}, int, MeshScene?, DateTimeOffset?)"/>
    public void AddMesh(
        string tag, ReadOnlySpan<Vector3> vertices, long step, ReadOnlySpan<byte> colors = default,
        ReadOnlySpan<int> faces = default, int meshes = 1, MeshScene? scene = null, DateTimeOffset? wallTime = null) =>
        AddMesh(tag, MemoryMarshal.Cast<Vector3, float>(vertices), step, colors, faces, meshes, scene, wallTime);

    private static void ThrowIfOtherMaterial(MeshScene? scene, MeshForm form)
    {
        if (scene?.Material is PointMaterial && form.HasFaces)
            throw new ArgumentException("The mesh has faces; its material must be a SurfaceMaterial.", nameof(scene));
        if (scene?.Material is SurfaceMaterial && !form.HasFaces)
        {
            throw new ArgumentException(
                "Without faces, points are drawn; the material must be a PointMaterial.", nameof(scene));
        }
    }
}
