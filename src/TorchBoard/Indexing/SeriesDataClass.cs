namespace TorchBoard.Indexing;

/// <summary>The data class of a tag, by which TensorBoard asks for its values.</summary>
public enum SeriesDataClass
{
    /// <summary>Numbers: <see cref="IndexedSeries.ReadScalars(int)"/>.</summary>
    Scalar = 1,

    /// <summary>Tensors, such as histograms and text: <see cref="IndexedSeries.ReadValues"/>, one item per value.</summary>
    Tensor = 2,

    /// <summary>Sequences of files, such as pictures and graphs: <see cref="IndexedSeries.ReadValues"/>.</summary>
    BlobSequence = 3,
}
