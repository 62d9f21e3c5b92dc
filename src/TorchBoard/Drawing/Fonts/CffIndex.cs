namespace TorchBoard.Drawing.Fonts;

/// <summary>An INDEX of a CFF table: a list of byte strings, each read on demand.</summary>
internal sealed class CffIndex
{
    private readonly FontData _data;
    private readonly long _offsets;
    private readonly int _offsetSize;

    public CffIndex(FontData data, long at)
    {
        _data = data;
        Count = data.Read(at, 2).UInt16(0);
        if (Count == 0)
        {
            End = at + 2;
            return;
        }

        _offsetSize = data.Read(at + 2, 1).Byte(0);
        if (_offsetSize is 0 or > 4)
            throw new InvalidDataException($"An INDEX has offsets of {_offsetSize} bytes; 1 to 4 are valid.");
        _offsets = at + 3;
        End = Start + data.Read(_offsets + ((long)Count * _offsetSize), _offsetSize).Number(0, _offsetSize);
    }

    public int Count { get; }

    /// <summary>The offset of the first byte after the INDEX.</summary>
    public long End { get; }

    // The first offset is 1.
    private long Start => _offsets + ((Count + 1L) * _offsetSize) - 1;

    public FontTable this[int i]
    {
        get
        {
            if (i < 0 || i >= Count)
                throw new InvalidDataException("An INDEX has no such entry.");
            FontTable offsets = _data.Read(_offsets + ((long)i * _offsetSize), 2 * _offsetSize);
            long start = offsets.Number(0, _offsetSize);
            return _data.Read(Start + start, offsets.Number(_offsetSize, _offsetSize) - start);
        }
    }
}
