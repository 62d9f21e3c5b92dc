using TorchBoard.Meshes;
using TorchBoard.Protos;
using ContentType = TorchBoard.Protos.MeshPluginData.Types.ContentType;

namespace TorchBoard.Summaries;

/// <summary>Meshes: a tensor and a tag for each part, which the content's name puts together again.</summary>
internal static class MeshSummary
{
    public const string PluginName = "mesh";

    private const string VertexSuffix = "_VERTEX";
    private const string FaceSuffix = "_FACE";
    private const string ColorSuffix = "_COLOR";

    /// <summary>The tag that the caller gave, of the tag of a part.</summary>
    public static string NameOf(string partTag) => partTag[..partTag.LastIndexOf('_')];

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
            SummaryMetadata metadata = PluginMetadata.Of(PluginName, DataClass.Tensor, content);
            summary.Value.Add(TensorSummary.Value(tag + suffix, tensor, metadata));
        }

        return summary;
    }

    private static TensorProto Part<T>(MeshData mesh, T[] numbers)
        where T : unmanaged =>
        TensorSummary.Tensor<T>(numbers, mesh.ShapeOf(numbers.Length));
}
