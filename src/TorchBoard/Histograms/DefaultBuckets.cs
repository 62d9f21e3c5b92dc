using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchBoard;

/// <summary>
/// The default buckets, found by table: the sign, the exponent and the first four bits of the mantissa name a
/// cell of values that are at most 1/16 apart, and as edges are 1/10 apart, at most one falls into a cell.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class DefaultBuckets<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Neighbouring values often share a bucket; counted in turn in several, they need not wait for each other.</summary>
    private const int Lanes = 4;

    private readonly Cell[] _cells;
    private readonly int _slots;

    private DefaultBuckets(ReadOnlySpan<double> edges)
    {
        _slots = edges.Length + 1;
        _cells = new Cell[1 << CellBits];
        for (int cell = 0; cell < _cells.Length; cell++)
        {
            int found = edges.BinarySearch(SmallestIn(cell));
            int slot = found >= 0 ? found + 1 : ~found;
            _cells[cell] = new Cell(slot < edges.Length ? RoundUp(edges[slot]) : T.PositiveInfinity, slot);
        }
    }

    public static DefaultBuckets<T> Shared => Instance.Value;

    private static Lazy<DefaultBuckets<T>> Instance { get; } = new(() => new DefaultBuckets<T>(DefaultEdges.All));

    private static int Bits => Unsafe.SizeOf<T>() * 8;

    private static int CellBits => typeof(T) == typeof(float) ? 1 + 8 + 4 : 1 + 11 + 4;

    /// <summary>Counters for <see cref="Count"/>.</summary>
    public int[] NewCounters() => new int[Lanes * _slots];

    /// <summary>
    /// Counts each value under the number of edges that are not above it: slot 0 is below all edges, the last slot
    /// at or above the last one. Values must be finite.
    /// </summary>
    /// <remarks>Optimised at once: a program may well count its first histograms in the slow code of a cold start.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Count(ReadOnlySpan<T> values, int[] counters)
    {
        ref Cell cells = ref MemoryMarshal.GetArrayDataReference(_cells);
        ref int lane0 = ref MemoryMarshal.GetArrayDataReference(counters);
        ref int lane1 = ref Unsafe.Add(ref lane0, _slots);
        ref int lane2 = ref Unsafe.Add(ref lane1, _slots);
        ref int lane3 = ref Unsafe.Add(ref lane2, _slots);
        ref T value = ref MemoryMarshal.GetReference(values);

        // A value's bits always name a cell, and a cell's slot is always a counter: no index needs a check.
        int i = 0;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            Unsafe.Add(ref lane0, SlotOf(ref cells, Unsafe.Add(ref value, i)))++;
            Unsafe.Add(ref lane1, SlotOf(ref cells, Unsafe.Add(ref value, i + 1)))++;
            Unsafe.Add(ref lane2, SlotOf(ref cells, Unsafe.Add(ref value, i + 2)))++;
            Unsafe.Add(ref lane3, SlotOf(ref cells, Unsafe.Add(ref value, i + 3)))++;
        }

        for (; i < values.Length; i++)
            Unsafe.Add(ref lane0, SlotOf(ref cells, Unsafe.Add(ref value, i)))++;
    }

    /// <summary>The sum of the lanes, slot by slot.</summary>
    public long[] Slots(ReadOnlySpan<int> counters)
    {
        long[] slots = new long[_slots];
        for (int i = 0; i < counters.Length; i++)
            slots[i % _slots] += counters[i];
        return slots;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(ref Cell cells, T value)
    {
        ref Cell cell = ref Unsafe.Add(ref cells, CellOf(value));

        // As a number, not as a branch, which half of the values would take by surprise.
        return cell.Slot + Unsafe.BitCast<bool, byte>(value >= cell.NextEdge);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint CellOf(T value) => typeof(T) == typeof(float)
        ? (nint)(Unsafe.BitCast<T, uint>(value) >> (Bits - CellBits))
        : (nint)(Unsafe.BitCast<T, ulong>(value) >> (Bits - CellBits));

    // Below zero, the bits that grow make the value smaller.
    private static double SmallestIn(int cell)
    {
        bool negative = cell >= 1 << (CellBits - 1);
        ulong first = (ulong)cell << (Bits - CellBits);
        ulong bits = negative ? first | ((1UL << (Bits - CellBits)) - 1) : first;
        return typeof(T) == typeof(float)
            ? BitConverter.UInt32BitsToSingle((uint)bits)
            : BitConverter.UInt64BitsToDouble(bits);
    }

    /// <summary>A value is at or above the edge exactly when it is at or above this T.</summary>
    public static T RoundUp(double edge)
    {
        T rounded = T.CreateTruncating(edge);
        return double.CreateTruncating(rounded) < edge ? T.BitIncrement(rounded) : rounded;
    }

    private readonly record struct Cell(T NextEdge, int Slot);
}
