using System.Numerics;
using System.Runtime.InteropServices;
using TorchBoard.Drawing;
using TorchBoard.Meshes;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Writing;

internal sealed class MeshTests
{
    private static readonly float[] Triangle = [0, 0, 0, 1, 0, 0, 0, 1, 0];

    [Test]
    public void A_mesh_is_a_tag_for_each_of_its_parts()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddMesh("m", Triangle, 4, colors: [1, 2, 3, 4, 5, 6, 7, 8, 9], faces: [0, 1, 2]);

        using (Assert.EnterMultipleScope())
        {
            Summary.Types.Value vertices = WrittenEvents.Single(directory, "m_VERTEX");
            AssertPart(vertices, DataType.DtFloat, 1, [1, 3, 3]);
            Assert.That(
                MemoryMarshal.Cast<byte, float>(vertices.Tensor.TensorContent.Span).ToArray(), Is.EqualTo(Triangle));
            Summary.Types.Value faces = WrittenEvents.Single(directory, "m_FACE");
            AssertPart(faces, DataType.DtInt32, 2, [1, 1, 3]);
            Assert.That(
                MemoryMarshal.Cast<byte, int>(faces.Tensor.TensorContent.Span).ToArray(),
                Is.EqualTo(new[] { 0, 1, 2 }));
            Summary.Types.Value colors = WrittenEvents.Single(directory, "m_COLOR");
            AssertPart(colors, DataType.DtUint8, 3, [1, 3, 3]);
            Assert.That(
                colors.Tensor.TensorContent.ToByteArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }));
        }
    }

    [Test]
    public void A_point_cloud_has_one_part()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddMesh("m", [new Vector3(1, 2, 3), new Vector3(float.NaN, float.PositiveInfinity, 6)], 0);

        Summary.Types.Value value = WrittenEvents.InRun(directory)[1].Summary.Value.Single();
        Assert.That(value.Tag, Is.EqualTo("m_VERTEX"));
        Assert.That(MeshPluginData.Parser.ParseFrom(value.Metadata.PluginData.Content).Components, Is.EqualTo(2));
        Assert.That(
            MemoryMarshal.Cast<byte, float>(value.Tensor.TensorContent.Span).ToArray(),
            Is.EqualTo(new float[] { 1, 2, 3, 0, 0, 6 }));
    }

    [Test]
    public void Each_of_several_meshes_counts_its_points_from_0()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddMesh("m", (float[])[.. Triangle, .. Triangle], 0, faces: [0, 1, 2, 2, 1, 0], meshes: 2);
        Assert.That(Shape(WrittenEvents.Single(directory, "m_VERTEX")), Is.EqualTo(new[] { 2, 3, 3 }));
        Assert.That(Shape(WrittenEvents.Single(directory, "m_FACE")), Is.EqualTo(new[] { 2, 1, 3 }));

        using var other = new SummaryWriter(directory);
        Refusal.Of(
            "faces",
            () => other.AddMesh("m", (float[])[.. Triangle, .. Triangle], 0, faces: [0, 1, 2, 3, 4, 5], meshes: 2),
            "face 1 has 3");
    }

    [Test]
    public void A_scene_is_described_by_the_classes_of_three_js()
    {
        using var directory = new TestDirectory();
        var scene = new MeshScene
        {
            Camera = new MeshCamera { FieldOfView = 50, Position = new Vector3(1, 2.5f, 3), LookAt = Vector3.Zero },
            Lights =
            [
                MeshLight.Ambient(0.5f),
                MeshLight.Directional(new Vector3(0, -1, 2), 0.75f, new Color(255, 128, 0)),
            ],
            Material = new SurfaceMaterial { Roughness = 0.5f, Opacity = 0.25f, Wireframe = true, DoubleSided = true },
        };
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddMesh("m", Triangle, 0, faces: [0, 1, 2], scene: scene);
            writer.AddMesh(
                "p", Triangle, 0,
                scene: new MeshScene { Material = new PointMaterial { Size = 0.5f, Color = new Color(1, 2, 3) } });
            writer.AddMesh("none", Triangle, 0);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Content(directory, "m_VERTEX").JsonConfig, Is.EqualTo(
                """{"camera":{"cls":"PerspectiveCamera","fov":50,"near":0.1,"position":[1,2.5,3],"lookAt":[0,0,0]}"""
                + ""","lights":[{"cls":"AmbientLight","color":"#ffffff","intensity":0.5}"""
                + """,{"cls":"DirectionalLight","color":"#ff8000","intensity":0.75,"position":[0,-1,2]}]"""
                + ""","material":{"cls":"MeshStandardMaterial","color":"#ffffff","roughness":0.5,"metalness":0"""
                + ""","opacity":0.25,"transparent":true,"wireframe":true,"side":2}}"""));
            Assert.That(Content(directory, "m_FACE").JsonConfig, Is.EqualTo(Content(directory, "m_VERTEX").JsonConfig));
            Assert.That(
                Content(directory, "p_VERTEX").JsonConfig,
                Is.EqualTo("""{"material":{"cls":"PointsMaterial","size":0.5,"color":"#010203"}}"""));
            Assert.That(Content(directory, "none_VERTEX").JsonConfig, Is.Empty);
        }
    }

    [Test]
    public void Parts_and_number_of_meshes_are_fixed_but_the_number_of_points_may_change()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.AddMesh("m", Triangle, 0, faces: [0, 1, 2]);
        writer.AddMesh("m", (float[])[.. Triangle, 1, 1, 1], 1, faces: [0, 1, 3, 1, 2, 3]);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of(
                "vertices", () => writer.AddMesh("m", Triangle, 2),
                "with faces and without colors", "this one has 1 mesh");
            Refusal.Of(
                "vertices",
                () => writer.AddMesh("m", (float[])[.. Triangle, .. Triangle], 2, default, [0, 1, 2, 0, 1, 2], 2),
                "2 meshes");
        }
    }

    [Test]
    public void Faces_use_only_points_that_browsers_draw()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        float[] many = new float[3 * 70_000];
        Assert.That(() => writer.AddMesh("m", many, 0, faces: [0, 1, 65535]), Throws.Nothing);
        Refusal.Of("faces", () => writer.AddMesh("m", many, 1, faces: [0, 1, 65536]), "65536", "Simplify");
    }

    [Test]
    public void Inconsistent_meshes_are_rejected()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("tag", () => writer.AddMesh("", Triangle, 0));
            Refusal.Of("vertices", () => writer.AddMesh("m", ReadOnlySpan<float>.Empty, 0), "at least one point");
            Refusal.Of("vertices", () => writer.AddMesh("m", [1f, 2f], 0), "multiple of 3");
            Refusal.Of("vertices", () => writer.AddMesh("m", Triangle, 0, meshes: 2), "multiple of 6");
            Refusal.Of("meshes", () => writer.AddMesh("m", Triangle, 0, meshes: 0));
            Refusal.Of("colors", () => writer.AddMesh("m", Triangle, 0, colors: [1, 2, 3]), "expected 9, got 3");
            Refusal.Of("faces", () => writer.AddMesh("m", Triangle, 0, faces: [0, 1]));
            Refusal.Of(
                "faces", () => writer.AddMesh("m", Triangle, 0, faces: [0, 1, 3]), "face 0 has 3", "between 0 and 2");
            Refusal.Of("faces", () => writer.AddMesh("m", Triangle, 0, faces: [0, 1, -1]), "face 0 has -1");
            Refusal.Of(
                "scene",
                () => writer.AddMesh("m", Triangle, 0, scene: new MeshScene { Material = new SurfaceMaterial() }));
            Refusal.Of(
                "scene", () => writer.AddMesh(
                    "m", Triangle, 0, faces: [0, 1, 2], scene: new MeshScene { Material = new PointMaterial() }));
            Refusal.Of("FieldOfView", () => _ = new MeshCamera { FieldOfView = 180 });
            Refusal.Of("Position", () => _ = new MeshCamera { Position = new Vector3(float.NaN) });
            Refusal.Of("intensity", () => MeshLight.Ambient(-1));
            Refusal.Of("Roughness", () => _ = new SurfaceMaterial { Roughness = float.NaN });
            Refusal.Of("Size", () => _ = new PointMaterial { Size = 0 });
        }
    }

    private static void AssertPart(Summary.Types.Value value, DataType type, int contentType, int[] shape)
    {
        MeshPluginData content = MeshPluginData.Parser.ParseFrom(value.Metadata.PluginData.Content);
        Assert.That((content.Name, (int)content.ContentType, content.Components), Is.EqualTo(("m", contentType, 14u)));
        Assert.That(content.Shape, Is.EqualTo(shape));
        Assert.That(Shape(value), Is.EqualTo(shape));
        Assert.That(value.Tensor.Dtype, Is.EqualTo(type));
        Assert.That(
            (value.Metadata.PluginData.PluginName, value.Metadata.DataClass), Is.EqualTo(("mesh", DataClass.Tensor)));
    }

    private static int[] Shape(Summary.Types.Value value) => [.. value.Tensor.TensorShape.Dim.Select(d => (int)d.Size)];

    private static MeshPluginData Content(string directory, string tag) =>
        MeshPluginData.Parser.ParseFrom(WrittenEvents.Single(directory, tag).Metadata.PluginData.Content);
}
