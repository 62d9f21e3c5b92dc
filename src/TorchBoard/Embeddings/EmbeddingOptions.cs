namespace TorchBoard.Embeddings;

/// <summary>What is shown at the points of an embedding.</summary>
public sealed record EmbeddingOptions
{
    internal static EmbeddingOptions Default { get; } = new();

    /// <summary>
    /// A label for each vector: the first column of the metadata, named <c>label</c>. Null by default: none.
    /// Tabs and line breaks become spaces.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>
    /// Columns of metadata after the labels, by which points can be colored and searched; none by default.
    /// </summary>
    public IReadOnlyList<EmbeddingColumn> Columns { get; init; } = [];

    /// <summary>A small picture for each vector, drawn at its point; none by default.</summary>
    public EmbeddingSprites? Sprites { get; init; }
}
