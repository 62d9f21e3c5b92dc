using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using TorchBoard.Storage;

namespace TorchBoard.Records;

/// <summary>
/// Reads the records of a file one by one and continues when the file has grown. Not thread-safe.
/// </summary>
/// <remarks>
/// After damage, it searches for the next record with two valid checksums. Memory is bounded by the buffer and the
/// largest record with valid checksums: no length is trusted before its checksums are verified.
/// </remarks>
internal sealed class RecordReader : IDisposable
{
    public const int DefaultBufferSize = 1 << 20;

    /// <summary>The longest array; protobuf's own limit for a message is a few bytes higher.</summary>
    private static readonly int MaxPayloadLength = Array.MaxLength - RecordFrame.Overhead;

    /// <summary>
    /// The number of bytes that a search may check in vain before it considers only short candidates. Without it, a
    /// hostile file could make the search check the whole file again at each offset.
    /// </summary>
    private const long CandidateBudget = 1 << 28;
    private const int ShortCandidate = 1 << 16;

    private readonly FileWindow _window;
    private bool _lost;
    private long _reportedUpTo;
    private long _wasted;

    /// <param name="file">The file; closed with the reader.</param>
    /// <param name="from">The start position.</param>
    /// <param name="bufferSize">The number of bytes to read at a time.</param>
    public RecordReader(IStoredFile file, RecordPosition from = default, int bufferSize = DefaultBufferSize)
    {
        _window = new FileWindow(file, from.Offset, bufferSize);
        _lost = from.Lost;
        _reportedUpTo = from.ReportedUpTo;
    }

    /// <summary>The position of the next read; another reader of the same file can continue from it.</summary>
    public RecordPosition Position => new(Offset, _lost, _reportedUpTo);

    /// <summary>The offset of the last record read.</summary>
    public long RecordOffset { get; private set; }

    /// <summary>The skipped bytes, after <see cref="ReadStatus.Damage"/>.</summary>
    public Damage Damage { get; private set; }

    /// <summary>The current length of the file.</summary>
    public long FileLength => _window.File.Length;

    private long Offset => _window.Position;

    private ReadOnlySpan<byte> Available => _window.Available;

    /// <summary>Reads the next record.</summary>
    /// <param name="payload">The record's payload, valid until the next call.</param>
    // Optimized from the first call: a file is usually read in fewer calls than tiered compilation needs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadStatus Read(out ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> available = Available;
        if (!_lost && available.Length >= RecordFrame.Overhead && HeaderHolds(available))
        {
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(available);
            if (length <= (ulong)(available.Length - RecordFrame.Overhead))
            {
                int end = RecordFrame.HeaderLength + (int)length;
                payload = available[RecordFrame.HeaderLength..end];
                if (BinaryPrimitives.ReadUInt32LittleEndian(available[end..]) == MaskedCrc.Of(payload))
                {
                    RecordOffset = Offset;
                    _window.Advance(end + RecordFrame.FooterLength);
                    return ReadStatus.Record;
                }
            }
        }

        return ReadUncommon(out payload);
    }

    /// <summary>Reads a record that is damaged or not entirely in the buffer, or finds that there is none.</summary>
    private ReadStatus ReadUncommon(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (_lost && FindRecord(_reportedUpTo, "no record begins here") is var found and not ReadStatus.Record)
            return found;

        RecordOffset = Offset;
        if (!_window.Ensure(RecordFrame.HeaderLength))
            return AtEnd();

        ReadOnlySpan<byte> header = Available;
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (!HeaderHolds(header))
            return SkipDamage("the checksum of the record's length is wrong");
        if (length > (ulong)MaxPayloadLength)
        {
            return SkipDamage(string.Create(
                CultureInfo.InvariantCulture, $"the record's length is {length} bytes; the maximum is 2 GiB"));
        }

        int recordLength = (int)length + RecordFrame.Overhead;
        if (recordLength > Available.Length)
        {
            if (recordLength > _window.Capacity)
            {
                if (FileLength - Offset < recordLength)
                    return ReadStatus.TruncatedTail;
                if (!ChecksumHolds(Offset, (int)length))
                    return SkipDamagedPayload(recordLength);
            }

            if (!_window.Ensure(recordLength))
                return ReadStatus.TruncatedTail;
        }

        ReadOnlySpan<byte> record = Available[..recordLength];
        payload = record.Slice(RecordFrame.HeaderLength, (int)length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(record[^RecordFrame.FooterLength..]) != MaskedCrc.Of(payload))
        {
            payload = default;
            return SkipDamagedPayload(recordLength);
        }

        _window.Advance(recordLength);
        return ReadStatus.Record;
    }

    public void Dispose() => _window.Dispose();

    private ReadStatus AtEnd()
    {
        ReadOnlySpan<byte> rest = Available;
        if (rest.IsEmpty)
            return ReadStatus.End;

        // The first bytes can already rule out a length: the file is then text or something else.
        return rest.Length > 4 && rest[4..Math.Min(rest.Length, sizeof(ulong))].ContainsAnyExcept((byte)0)
            ? SkipDamage("the record's length is not valid")
            : ReadStatus.TruncatedTail;
    }

    // If the length is right, the next record most likely follows the damaged one.
    private ReadStatus SkipDamagedPayload(int recordLength)
    {
        const string Reason = "the checksum of the record's payload is wrong";
        long offset = Offset;
        long next = offset + recordLength;
        Span<byte> header = stackalloc byte[RecordFrame.HeaderLength];
        if (_window.TryPeek(header, next) && !HeaderHolds(header))
            return SkipDamage(Reason);

        _window.MoveTo(next);
        return Skipped(offset, Reason);
    }

    private ReadStatus SkipDamage(string reason)
    {
        long offset = Offset;
        _window.MoveTo(offset + 1);
        return FindRecord(offset, reason);
    }

    /// <summary>Moves to the next whole or truncated record, or else to the end.</summary>
    /// <returns>Damage to be reported; Record or End if there is nothing new to report.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadStatus FindRecord(long damagedFrom, string reason)
    {
        _lost = true;
        long fileLength = FileLength;
        long cutOff = -1;
        while (_window.Ensure(RecordFrame.HeaderLength))
        {
            ReadOnlySpan<byte> bytes = Available;
            int last = bytes.Length - RecordFrame.HeaderLength;
            int i = 0;
            while (i <= last && !HeaderHolds(bytes[i..]))
                i++;
            _window.Advance(i);
            if (i > last)
                continue;

            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..]);
            if (length <= (ulong)MaxPayloadLength)
            {
                if ((long)length + RecordFrame.Overhead > fileLength - Offset)
                    cutOff = cutOff < 0 ? Offset : cutOff;
                else if (IsCandidate(length) && ChecksumHolds(Offset, (int)length))
                    return Found(damagedFrom, reason);
            }

            _window.Advance(1);
        }

        if (cutOff >= 0)
        {
            _window.MoveTo(cutOff);
            return Found(damagedFrom, reason);
        }

        // The rest is shorter than a header: it counts as skipped and is checked again when the file has grown.
        long end = _window.End;
        if (end <= damagedFrom)
            return ReadStatus.End;
        _reportedUpTo = end;
        Damage = new Damage(damagedFrom, end - damagedFrom, reason);
        return ReadStatus.Damage;
    }

    private ReadStatus Found(long damagedFrom, string reason)
    {
        _lost = false;

        // The record's header may have begun within bytes already reported as the end of the file.
        return Offset > damagedFrom ? Skipped(damagedFrom, reason) : ReadStatus.Record;
    }

    private ReadStatus Skipped(long from, string reason)
    {
        Damage = new Damage(from, Offset - from, reason);
        return ReadStatus.Damage;
    }

    private bool IsCandidate(ulong length) => _wasted < CandidateBudget || length <= ShortCandidate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HeaderHolds(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..])
        == MaskedCrc.OfLength(BinaryPrimitives.ReadUInt64LittleEndian(header));

    /// <summary>Verifies a payload piece by piece, before memory is allocated for it.</summary>
    private bool ChecksumHolds(long recordOffset, int length)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(Math.Min(length + RecordFrame.FooterLength, 1 << 16));
        try
        {
            long offset = recordOffset + RecordFrame.HeaderLength;
            uint crc = MaskedCrc.Start;
            int left = length;
            while (left > 0)
            {
                int read = _window.File.Read(piece.AsSpan(0, Math.Min(left, piece.Length)), offset);
                if (read == 0)
                    return false;
                crc = MaskedCrc.Continue(crc, piece.AsSpan(0, read));
                offset += read;
                left -= read;
            }

            Span<byte> footer = piece.AsSpan(0, RecordFrame.FooterLength);
            bool holds = _window.TryPeek(footer, offset)
                && BinaryPrimitives.ReadUInt32LittleEndian(footer) == MaskedCrc.Mask(~crc);
            _wasted += holds ? 0 : length;
            return holds;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
