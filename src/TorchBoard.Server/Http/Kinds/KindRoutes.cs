namespace TorchBoard.Server.Http.Kinds;

/// <summary>The answers for values other than scalars, by path.</summary>
internal static class KindRoutes
{
    public static IEnumerable<KeyValuePair<string, Func<ApiRequest, ApiAnswer>>> Answers { get; } =
    [
        new("/api/images", Images.List),
        new("/api/image", Images.One),
        new("/api/histograms", Histograms.List),
        new("/api/texts", Texts.List),
        new("/api/text", Texts.One),
        new("/api/audios", Audios.List),
        new("/api/audio", Audios.One),
        new("/api/prcurves", PrCurves.List),
        new("/api/graph", Graphs.One),
        new("/api/embedding", Embeddings.One),
        new("/api/sprite", Embeddings.Sprite),
        new("/api/vectors", Embeddings.Vectors),
        new("/api/neighbors", Embeddings.Neighbors),
        new("/api/meshes", Meshes.List),
        new("/api/mesh", Meshes.One),
    ];
}
