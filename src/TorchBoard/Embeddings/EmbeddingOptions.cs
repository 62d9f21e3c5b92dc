namespace TorchBoard.Embeddings;

/// <summary>Options for the labels, metadata and pictures of an embedding.</summary>
public sealed record EmbeddingOptions
{
    internal static EmbeddingOptions Default { get; } = new();

    /// <summary>
    /// The labels of the vectors: the first column of the metadata, named <c>label</c>. None by default. Tabs and line
    /// breaks become spaces.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>
    /// Columns of metadata after the labels, for coloring and searching points; none by default.
    /// </summary>
    public IReadOnlyList<EmbeddingColumn> Columns { get; init; } = [];

    /// <summary>The small pictures drawn at the points, one for each vector; none by default.</summary>
    public EmbeddingSprites? Sprites { get; init; }
}
