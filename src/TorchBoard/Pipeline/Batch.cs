using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchBoard.Pipeline;

/// <summary>
/// Whole records of one run in the order of the calls: framed bytes and, at offsets between them, records still to be
/// encoded.
/// </summary>
internal sealed class Batch(int capacity)
{
    public int Length;
    public int Records;
    public long DeferredSize;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);

    // Separate lists rather than one of pairs, which the framework would have to compile in every process.
    private readonly List<int> _offsets = [];
    private readonly List<IDeferredRecord> _deferred = [];

    public int Capacity => _bytes.Length;

    public bool IsEmpty => Records == 0;

    public int DeferredCount => _deferred.Count;

    public (int Offset, IDeferredRecord Record) Deferred(int index) => (_offsets[index], _deferred[index]);

    public ReadOnlySpan<byte> Bytes(int from, int to) => new(_bytes, from, to - from);

    /// <summary>Adds a framed record; returns false if there is no room for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAppend<T>(scoped in T record)
        where T : IFramedRecord, allows ref struct
    {
        int at = Length;
        if (_bytes.Length - at < record.Length)
            return false;
        record.WriteTo(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), at));
        Length = at + record.Length;
        Records++;
        return true;
    }

    public void Append(IDeferredRecord record)
    {
        _offsets.Add(Length);
        _deferred.Add(record);
        DeferredSize += record.Size;
        Records++;
    }

    public void Clear()
    {
        _offsets.Clear();
        _deferred.Clear();
        Length = Records = 0;
        DeferredSize = 0;
    }
}
