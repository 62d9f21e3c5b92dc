namespace TorchBoard.Embeddings;

/// <summary>A column of metadata: a property of each vector, such as its class.</summary>
/// <param name="Name">The name of the column; unique and not empty.</param>
/// <param name="Values">
/// One value for each vector; values can be empty. Tabs and line breaks, which separate values and rows, become
/// spaces.
/// </param>
public sealed record EmbeddingColumn(string Name, IReadOnlyList<string> Values);
