using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchBoard.Histograms;

/// <summary>
/// Finds the default bucket of a value by table lookup. The sign, the exponent and the first four bits of the mantissa
/// select a cell of values at most 1/16 apart. Edges are 1/10 apart, so a cell contains at most one. Each cell stores a
/// number to add to a value's bits so that the upper bits become the index of the counter: the lower bits carry into
/// them exactly at and above the cell's edge. No comparison is needed.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class DefaultBuckets<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adjacent values often share a bucket; separate counters avoid waiting for each other.</summary>
    private const int Lanes = 4;

    // Slots from zero up, then slots from zero down, then one for values that are not finite. Processors mistake
    // addresses with equal lowest twelve bits for the same address and wait, so modulo 4 KiB a bucket's counters in
    // adjacent lanes are 1 KiB apart, and the counters of negative values half a KiB more.
    private const int Counters = (7 << 10) / sizeof(int);
    private const int NegativeCounters = ((3 << 10) + (1 << 9)) / sizeof(int);

    private readonly T[] _cells;
    private readonly int _slots;

    // Not a constant: with the shift count in a register, one instruction shifts the bits into another register.
    private readonly int _shift = Shift;
    private readonly int _zeroSlot;

    private DefaultBuckets(ReadOnlySpan<double> edges)
    {
        _slots = edges.Length + 1;
        _zeroSlot = edges.BinarySearch(0.0) + 1;
        _cells = new T[1 << CellBits];

        // From the smallest value up; below zero, that is from the largest bit pattern down.
        int slot = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            bool isNegative = i < _cells.Length / 2;
            ulong first = (ulong)(isNegative ? _cells.Length - 1 - i : i - (_cells.Length / 2)) << Shift;
            double smallest = double.CreateTruncating(FromBits(isNegative ? first + CellLength - 1 : first));
            while (slot < edges.Length && edges[slot] <= smallest)
                slot++;

            T edge = slot < edges.Length ? RoundUp(edges[slot]) : T.PositiveInfinity;
            _cells[first >> Shift] = FromBits(
                !double.IsFinite(smallest) ? ((ulong)(Counters - 1) << Shift) - first
                : isNegative ? ((ulong)NegativeCounter(slot) << Shift) - Math.Max(ToBits(T.BitDecrement(edge)), first)
                : ((ulong)(slot - _zeroSlot + 1) << Shift) - Math.Min(ToBits(edge), first + CellLength));
        }
    }

    public static DefaultBuckets<T> Shared => Instance.Value;

    private static Lazy<DefaultBuckets<T>> Instance { get; } = new(() => new DefaultBuckets<T>(DefaultEdges.All));

    private static int Bits => Unsafe.SizeOf<T>() * 8;

    private static int CellBits => typeof(T) == typeof(float) ? 1 + 8 + 4 : 1 + 11 + 4;

    private static int Shift => Bits - CellBits;

    private static ulong CellLength => 1UL << Shift;

    /// <summary>Number of counters that <see cref="Count"/> requires.</summary>
    public const int CounterCount = Lanes * Counters;

    /// <summary>
    /// Counts each finite value in the slot whose index is the number of edges at or below the value. Also adds the
    /// values to their moments.
    /// </summary>
    /// <remarks>Compiled with full optimization: otherwise the first histograms of a program would be slow.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Count(ReadOnlySpan<T> values, Span<int> counters, ref Moments moments)
    {
        ref T cells = ref MemoryMarshal.GetArrayDataReference(_cells);
        ref int lane0 = ref MemoryMarshal.GetReference(counters);
        ref int lane1 = ref Unsafe.Add(ref lane0, Counters);
        ref int lane2 = ref Unsafe.Add(ref lane1, Counters);
        ref int lane3 = ref Unsafe.Add(ref lane2, Counters);
        ref T value = ref MemoryMarshal.GetReference(values);

        // A value's bits always select a cell, and a cell's sum always a counter: no bounds check is needed.
        int shift = _shift;
        var running = new RunningMoments();
        int left = values.Length;
        for (; left >= RunningMoments.Step; left -= RunningMoments.Step)
        {
            running.Add(ref value);
            CountFour(ref cells, ref value, shift, ref lane0, ref lane1, ref lane2, ref lane3);
            CountFour(ref cells, ref Unsafe.Add(ref value, Lanes), shift, ref lane0, ref lane1, ref lane2, ref lane3);
            value = ref Unsafe.Add(ref value, RunningMoments.Step);
        }

        int counted = values.Length - left;
        for (; left > 0; left--)
        {
            CountOne(ref lane0, CounterOf(ref cells, ref value, shift));
            value = ref Unsafe.Add(ref value, 1);
        }

        moments.Add(values, counted, running.Values);
    }

    /// <summary>Returns the sums of the lanes, slot by slot. Overwrites the first lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long[] Slots(Span<int> counters)
    {
        Span<int> sums = counters[..Counters];
        for (Span<int> lane = counters[Counters..]; !lane.IsEmpty; lane = lane[Counters..])
        {
            for (int i = 0; i < sums.Length; i += Vector256<int>.Count)
            {
                Vector256<int> sum = Vector256.Create<int>(sums[i..]) + Vector256.Create<int>(lane[i..]);
                sum.CopyTo(sums[i..]);
            }
        }

        long[] slots = new long[_slots];
        for (int slot = _zeroSlot; slot < _slots; slot++)
            slots[slot] = sums[slot - _zeroSlot];
        for (int slot = 0; slot <= _zeroSlot; slot++)
            slots[slot] += sums[NegativeCounter(slot)];
        return slots;
    }

    private int NegativeCounter(int slot) => NegativeCounters + _zeroSlot - slot;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint CounterOf(ref T cells, ref T value, int shift)
    {
        if (typeof(T) == typeof(float))
        {
            uint bits = Unsafe.As<T, uint>(ref value);
            return (bits + Unsafe.As<T, uint>(ref Unsafe.Add(ref cells, bits >> shift))) >> shift;
        }
        else
        {
            ulong bits = Unsafe.As<T, ulong>(ref value);
            return (nuint)((bits + Unsafe.As<T, ulong>(ref Unsafe.Add(ref cells, (nuint)(bits >> shift)))) >> shift);
        }
    }

    // All lookups come before the first count: the processor delays a load after a store to an unknown address.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CountFour(
        ref T cells, ref T value, int shift, ref int lane0, ref int lane1, ref int lane2, ref int lane3)
    {
        nuint counter0 = CounterOf(ref cells, ref value, shift);
        nuint counter1 = CounterOf(ref cells, ref Unsafe.Add(ref value, 1), shift);
        nuint counter2 = CounterOf(ref cells, ref Unsafe.Add(ref value, 2), shift);
        nuint counter3 = CounterOf(ref cells, ref Unsafe.Add(ref value, 3), shift);
        CountOne(ref lane0, counter0);
        CountOne(ref lane1, counter1);
        CountOne(ref lane2, counter2);
        CountOne(ref lane3, counter3);
    }

    // With ++, the compiler computes the address first, in a separate instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CountOne(ref int lane, nuint counter) =>
        Unsafe.Add(ref lane, counter) = Unsafe.Add(ref lane, counter) + 1;

    private static ulong ToBits(T value) =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, uint>(value) : Unsafe.BitCast<T, ulong>(value);

    private static T FromBits(ulong bits) =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<uint, T>((uint)bits) : Unsafe.BitCast<ulong, T>(bits);

    /// <summary>Returns the smallest T at or above an edge. A T is at or above both or neither.</summary>
    public static T RoundUp(double edge)
    {
        T rounded = T.CreateTruncating(edge);
        return double.CreateTruncating(rounded) < edge ? T.BitIncrement(rounded) : rounded;
    }
}
