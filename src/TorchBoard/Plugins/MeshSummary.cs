using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Meshes;
using TorchBoard.Protos;
using ContentType = TorchBoard.Protos.MeshPluginData.Types.ContentType;

namespace TorchBoard.Plugins;

/// <summary>Meshes: one tensor and tag for each part; the name in the metadata joins the parts.</summary>
internal static class MeshSummary
{
    private const string VertexSuffix = "_VERTEX";
    private const string FaceSuffix = "_FACE";
    private const string ColorSuffix = "_COLOR";

    /// <summary>Returns the tag that the caller used, from the tag of a part.</summary>
    public static string NameOf(string partTag) => partTag[..partTag.LastIndexOf('_')];

    /// <summary>Returns the tags of a mesh's parts.</summary>
    public static IEnumerable<string> TagsOf(string tag, MeshData mesh)
    {
        yield return tag + VertexSuffix;
        if (mesh.Faces.Length > 0)
            yield return tag + FaceSuffix;
        if (mesh.Colors.Length > 0)
            yield return tag + ColorSuffix;
    }

    public static Summary Of(string tag, MeshData mesh, string sceneJson)
    {
        var parts = new List<(string Suffix, ContentType Type, TensorProto Tensor)>
        {
            (VertexSuffix, ContentType.Vertex, Part(mesh, mesh.Vertices)),
        };
        if (mesh.Faces.Length > 0)
            parts.Add((FaceSuffix, ContentType.Face, Part(mesh, mesh.Faces)));
        if (mesh.Colors.Length > 0)
            parts.Add((ColorSuffix, ContentType.Color, Part(mesh, mesh.Colors)));

        uint components = parts.Aggregate(0u, (mask, part) => mask | 1u << (int)part.Type);
        var summary = new Summary();
        foreach ((string suffix, ContentType type, TensorProto tensor) in parts)
        {
            var content = new MeshPluginData
            {
                Name = tag,
                ContentType = type,
                JsonConfig = sceneJson,
                Shape = { tensor.TensorShape.Dim.Select(dim => (int)dim.Size) },
                Components = components,
            };
            SummaryMetadata metadata = PluginMetadata.Of(PluginTable.Meshes, content.ToByteString());
            summary.Value.Add(TensorSummary.Value(tag + suffix, tensor, metadata));
        }

        return summary;
    }

    public static MeshPart Decode(TagMetadata tag, scoped in ValueView value)
    {
        TensorValue tensor = TensorSummary.Decode(value, "mesh");
        var content = MeshPluginData.Parser.ParseFrom(tag.PluginContent);
        string name = content.Name.Length > 0 ? content.Name : tag.Tag;
        return new MeshPart(name, (MeshPartKind)content.ContentType, tensor, content.JsonConfig);
    }

    private static TensorProto Part<T>(MeshData mesh, T[] numbers)
        where T : unmanaged =>
        TensorSummary.Tensor<T>(numbers, mesh.ShapeOf(numbers.Length));
}
