namespace TorchBoard.Pipeline;

/// <summary>A framed record that is ready to be put into its place.</summary>
internal interface IFramedRecord
{
    int Length { get; }

    /// <summary>Writes <see cref="Length"/> bytes, unchecked: the caller has made sure of the room.</summary>
    void WriteTo(ref byte destination);
}
