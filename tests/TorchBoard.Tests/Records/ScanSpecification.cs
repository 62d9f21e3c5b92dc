using System.Buffers.Binary;
using TorchBoard.Records;

namespace TorchBoard.Tests.Records;

/// <summary>
/// What <see cref="RecordReader"/> must return for the bytes of a file, written for clarity: the whole file is in memory,
/// and every search looks at every offset.
/// </summary>
internal sealed class ScanSpecification
{
    private int _at;
    private bool _lost;
    private int _reportedUpTo;

    /// <summary>Returns the status, position, length and reason of the next record or damage.</summary>
    public (ReadStatus Status, long Offset, long Length, string Reason) Read(ReadOnlySpan<byte> file)
    {
        if (_lost && Find(file, _at, _reportedUpTo, "no record begins here") is { } found)
            return found;

        int left = file.Length - _at;
        if (left == 0)
            return (ReadStatus.End, _at, 0, "");
        if (left < RecordFrame.HeaderLength)
        {
            // A length of 4 GiB or more is not valid.
            return left > 4 && file[(_at + 4)..Math.Min(_at + 8, file.Length)].ContainsAnyExcept((byte)0)
                ? Damage(file, "the record's length is not valid")
                : (ReadStatus.TruncatedTail, _at, 0, "");
        }

        if (!HeaderHolds(file[_at..]))
            return Damage(file, "the checksum of the record's length is wrong");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file[_at..]);
        if (length > (ulong)(Array.MaxLength - RecordFrame.Overhead))
            return Damage(file, $"the record's length is {length} bytes; the maximum is 2 GiB");
        if (length + RecordFrame.Overhead > (ulong)left)
            return (ReadStatus.TruncatedTail, _at, 0, "");

        int begin = _at;
        int end = _at + (int)length + RecordFrame.Overhead;
        if (IsWhole(file[_at..]))
        {
            _at = end;
            return (ReadStatus.Record, begin, (long)length, "");
        }

        const string reason = "the checksum of the record's payload is wrong";
        if (file.Length - end >= RecordFrame.HeaderLength && !HeaderHolds(file[end..]))
            return Damage(file, reason);
        _at = end;
        return (ReadStatus.Damage, begin, end - begin, reason);
    }

    private (ReadStatus Status, long Offset, long Length, string Reason) Damage(ReadOnlySpan<byte> file, string reason) =>
        Find(file, _at + 1, _at, reason)!.Value;

    /// <summary>Searches for a record; null if it is where the last report ended.</summary>
    private (ReadStatus Status, long Offset, long Length, string Reason)? Find(
        ReadOnlySpan<byte> file, int start, int damagedFrom, string reason)
    {
        int? cutOff = null;
        int? whole = null;
        int at = start;
        for (; file.Length - at >= RecordFrame.HeaderLength && whole is null; at++)
        {
            if (!HeaderHolds(file[at..]))
                continue;
            if (IsWhole(file[at..]))
                whole = at;
            else if (IsCutOff(file[at..]))
                cutOff ??= at;
        }

        _lost = (whole ?? cutOff) is null;
        if ((whole ?? cutOff) is { } found)
        {
            _at = found;
            return found > damagedFrom ? (ReadStatus.Damage, damagedFrom, found - damagedFrom, reason) : null;
        }

        _at = at;
        if (file.Length <= damagedFrom)
            return (ReadStatus.End, at, 0, "");
        _reportedUpTo = file.Length;
        return (ReadStatus.Damage, damagedFrom, file.Length - damagedFrom, reason);
    }

    private static bool HeaderHolds(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) == MaskedCrc.Of(bytes[..8]);

    private static bool IsCutOff(ReadOnlySpan<byte> bytes)
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return length <= (ulong)(Array.MaxLength - RecordFrame.Overhead)
            && length + RecordFrame.Overhead > (ulong)bytes.Length;
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)bytes.Length || length + RecordFrame.Overhead > (ulong)bytes.Length)
            return false;
        int end = RecordFrame.HeaderLength + (int)length;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[end..]) == MaskedCrc.Of(bytes[RecordFrame.HeaderLength..end]);
    }
}
