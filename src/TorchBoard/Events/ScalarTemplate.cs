using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchBoard.Records;

namespace TorchBoard.Events;

/// <summary>
/// The record of one tag's scalars, encoded except for what differs between events: the wall time, the digits of the
/// step and the value. Not thread-safe.
/// </summary>
/// <remarks>
/// The bytes after the wall time are stored in words that end where the payload ends, padded with zeros at the start. A
/// checksum that starts at zero is not changed by leading zeros, so each word is checked and stored at once. No memory
/// is read back shortly after it was written in portions of another size, which would stall the processor.
/// </remarks>
internal sealed class ScalarTemplate
{
    private const int WallTimeOffset = RecordFrame.HeaderLength + 1;
    private const int RestOffset = WallTimeOffset + sizeof(double);

    /// <summary>The number of bytes of a step that fit into a word after the key of the field.</summary>
    private const int MostDigits = 7;

    private static readonly uint CrcOfWallTimeKey = BitOperations.Crc32C(MaskedCrc.Start, WireKey.EventWallTime);

    private ulong[] _words = [];
    private int _wordsOffset;
    private int _padding;
    private ulong _payloadLength;
    private uint _lengthCrc;
    private ulong _firstStep;
    private ulong _moreSteps;
    private ulong _digitBits;

    private RunSlots _acceptedBy;

    /// <summary>The tag; null if the template is unused.</summary>
    public string? Name;

    /// <summary>The index of the template that followed this one the last time.</summary>
    public int Next;

    /// <summary>The length of the whole record.</summary>
    public int RecordLength => RecordFrame.Overhead + (int)_payloadLength;

    /// <summary>Whether the template fits a step, which depends on the number of its digits.</summary>
    public bool Fits(long step) => (ulong)step - _firstStep <= _moreSteps;

    /// <summary>Whether a run is known to have accepted the tag; false if too many others did since.</summary>
    /// <param name="run">The identifier of the run.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAcceptedBy(long run) => _acceptedBy[(int)run & (RunSlots.Count - 1)] == run;

    /// <summary>Records that a run has accepted the tag.</summary>
    public void AcceptBy(long run) => _acceptedBy[(int)run & (RunSlots.Count - 1)] = run;

    /// <summary>Encodes a tag at this step and all others with the same number of digits.</summary>
    /// <exception cref="ArgumentException">The tag is not valid Unicode.</exception>
    public void Encode(string tag, long step)
    {
        if (Name != tag)
            _acceptedBy = default;
        Name = null;
        int tagLength = Tag.Utf8Length(tag);
        int valueLength = WireWriter.FieldLength(tagLength) + 1 + sizeof(float);
        int summaryLength = WireWriter.FieldLength(valueLength);
        int digits = WireWriter.VarintLength((ulong)step);
        int restLength = (step == 0 ? 0 : 1 + digits) + WireWriter.FieldLength(summaryLength);

        int count = (restLength + sizeof(ulong) - 1) / sizeof(ulong);
        if (count > _words.Length)
            _words = new ulong[count];
        var words = new Span<ulong>(_words, 0, count);
        words.Clear();
        int padding = (count * sizeof(ulong)) - restLength;
        Span<byte> rest = MemoryMarshal.AsBytes(words)[padding..];

        var wire = new WireWriter(rest);
        if (step != 0)
        {
            wire.Byte(WireKey.EventStep);
            wire.Varint((ulong)step);
        }

        wire.Byte(WireKey.EventSummary);
        wire.Varint((uint)summaryLength);
        wire.Byte(WireKey.SummaryValue);
        wire.Varint((uint)valueLength);
        wire.Byte(WireKey.ValueTag);
        wire.Varint((uint)tagLength);
        Tag.WriteUtf8(tag, wire.Take(tagLength));
        wire.Byte(WireKey.ValueSimpleValue);

        _payloadLength = (ulong)(1 + sizeof(double) + restLength);
        _lengthCrc = MaskedCrc.OfLength(_payloadLength);
        _padding = 8 * padding;
        _wordsOffset = RestOffset - padding;
        _firstStep = (ulong)step;
        _moreSteps = _digitBits = 0;
        if (step != 0 && digits <= MostDigits)
            LeaveOpen(rest.Slice(1, digits));
        Name = tag;
    }

    /// <summary>Writes the record of an event whose step fits the template.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref byte record, float value, long step, double wallTime)
    {
        Unsafe.WriteUnaligned(ref record, _payloadLength);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref record, sizeof(ulong)), _lengthCrc);
        Unsafe.Add(ref record, RecordFrame.HeaderLength) = WireKey.EventWallTime;

        ref ulong next = ref MemoryMarshal.GetArrayDataReference(_words);
        ref byte to = ref Unsafe.Add(ref record, _wordsOffset);
        ref byte last = ref Unsafe.Add(ref record, RecordFrame.HeaderLength + (int)_payloadLength - sizeof(ulong));

        // The digits and the checksum so far start where the padding ends: in the first word and possibly the second.
        ulong digits = Digits((ulong)step & _digitBits) << 8;
        ulong before = BitOperations.Crc32C(CrcOfWallTimeKey, BitConverter.DoubleToUInt64Bits(wallTime));
        ulong word = next | digits << _padding;
        uint crc = BitOperations.Crc32C(0, word ^ before << _padding);
        Unsafe.WriteUnaligned(ref to, word);

        // Shifted in two steps, because a shift by 64 would be a shift by 0.
        digits = digits >> 1 >> (63 - _padding);
        before = before >> 1 >> (63 - _padding);
        while (true)
        {
            next = ref Unsafe.Add(ref next, 1);
            to = ref Unsafe.Add(ref to, sizeof(ulong));
            word = next | digits;
            if (Unsafe.AreSame(ref to, ref last))
                break;
            crc = BitOperations.Crc32C(crc, word ^ before);
            Unsafe.WriteUnaligned(ref to, word);
            digits = before = 0;
        }

        word |= (ulong)BitConverter.SingleToUInt32Bits(value) << 32;
        crc = BitOperations.Crc32C(crc, word ^ before);
        Unsafe.WriteUnaligned(ref to, word);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, sizeof(ulong)), MaskedCrc.Mask(~crc));

        // Written last, because the padding of the first word has overwritten its end.
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref record, WallTimeOffset), wallTime);
    }

    // Several, because programs often write one tag to runs in turn: training and validation, or the agents of a game.
    [InlineArray(Count)]
    private struct RunSlots
    {
        public const int Count = 8;

        private long _run;
    }

    // Keeps only the continuation bit of each byte.
    private void LeaveOpen(Span<byte> digits)
    {
        foreach (ref byte digit in digits)
            digit &= 0x80;
        _digitBits = ulong.MaxValue;
        _firstStep = 1UL << (7 * (digits.Length - 1));
        _moreSteps = (1UL << (7 * digits.Length)) - 1 - _firstStep;
    }

    /// <summary>Spreads seven groups of seven bits over seven bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Digits(ulong number)
    {
        number = (number & 0x0000_0000_0FFF_FFFF) | (number & 0x00FF_FFFF_F000_0000) << 4;
        number = (number & 0x0000_3FFF_0000_3FFF) | (number & 0x0FFF_C000_0FFF_C000) << 2;
        return (number & 0x007F_007F_007F_007F) | (number & 0x3F80_3F80_3F80_3F80) << 1;
    }
}
