namespace TorchBoard.Records;

/// <summary>
/// The frame around a record's payload: length (u64), masked CRC of the length (u32), payload, masked CRC of the
/// payload (u32); all little-endian, as the processor must be.
/// </summary>
internal static class RecordFrame
{
    public const int HeaderLength = sizeof(ulong) + sizeof(uint);
    public const int FooterLength = sizeof(uint);
    public const int Overhead = HeaderLength + FooterLength;

    /// <summary>
    /// Completes the frame around a payload that is already at <see cref="HeaderLength"/> and returns the length of the
    /// whole record.
    /// </summary>
    public static int Close(Span<byte> record, int payloadLength)
    {
        BitConverter.TryWriteBytes(record, (ulong)payloadLength);
        BitConverter.TryWriteBytes(record[sizeof(ulong)..], MaskedCrc.OfLength((ulong)payloadLength));

        ReadOnlySpan<byte> payload = record.Slice(HeaderLength, payloadLength);
        BitConverter.TryWriteBytes(record[(HeaderLength + payloadLength)..], MaskedCrc.Of(payload));
        return payloadLength + Overhead;
    }
}
