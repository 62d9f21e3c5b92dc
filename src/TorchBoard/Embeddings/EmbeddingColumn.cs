namespace TorchBoard.Embeddings;

/// <summary>A column of metadata: something that is known of each vector, such as its class.</summary>
/// <param name="Name">The column's name; not empty, and no other column's.</param>
/// <param name="Values">
/// One value for each vector; may be empty. Tabs and line breaks, which would shift all that follows, become spaces.
/// </param>
public sealed record EmbeddingColumn(string Name, IReadOnlyList<string> Values);
