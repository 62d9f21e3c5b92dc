namespace TorchBoard.Indexing;

/// <summary>A value of a tag of tensors or blob sequences.</summary>
/// <param name="Step">The step.</param>
/// <param name="WallTime">Seconds since 1970-01-01 UTC, as written.</param>
/// <param name="Items">
/// For <see cref="SeriesDataClass.Tensor"/>, one serialized <c>TensorProto</c>; for
/// <see cref="SeriesDataClass.BlobSequence"/>, the blobs: for images the width and height as text and then the encoded
/// pictures, for audio the encoded clips, for a graph the serialized <c>GraphDef</c>.
/// </param>
public readonly record struct IndexedValue(long Step, double WallTime, IReadOnlyList<ReadOnlyMemory<byte>> Items);
