namespace TorchBoard.Pipeline;

/// <summary>A framed record, ready to be written to its destination.</summary>
internal interface IFramedRecord
{
    int Length { get; }

    /// <summary>Writes <see cref="Length"/> bytes, without checks: the caller ensures that there is room.</summary>
    void WriteTo(ref byte destination);
}
