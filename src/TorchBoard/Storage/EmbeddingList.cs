namespace TorchBoard.Storage;

/// <summary>The file in a run's directory that lists its embeddings, which are files too.</summary>
internal static class EmbeddingList
{
    public const string Name = "projector_config.pbtxt";
}
