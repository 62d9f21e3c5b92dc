using TorchBoard.Histograms;

namespace TorchBoard.Monitoring;

/// <summary>
/// Finds the default bucket of one value by table lookup. The exponent and four bits of the mantissa select a cell of values
/// at most 1/16 apart; edges are 1/10 apart, so that a cell has at most one.
/// </summary>
internal static class DefaultSlot
{
    private const int Shift = 48;

    private static readonly double[] Edges = DefaultEdges.All.ToArray();
    private static readonly int ZeroSlot = Search(0);
    private static readonly uint FirstCell = CellOf(Edges[ZeroSlot]) + 1;
    private static readonly short[] Slots = MakeSlots();

    /// <summary>Returns the number of edges at or below a finite value.</summary>
    public static int Of(double value)
    {
        uint cell = CellOf(value) - FirstCell;
        short[] slots = Slots;
        if (cell < (uint)slots.Length)
        {
            int slot = slots[cell];
            return value >= Edges[slot] ? slot + 1 : slot;
        }

        return value == 0 ? ZeroSlot : Search(value);
    }

    private static uint CellOf(double value) => (uint)(BitConverter.DoubleToUInt64Bits(value) >> Shift);

    private static int Search(double value)
    {
        int found = Edges.AsSpan().BinarySearch(value);
        return found >= 0 ? found + 1 : ~found;
    }

    // The cells between the smallest and the largest positive edge, without theirs.
    private static short[] MakeSlots()
    {
        short[] slots = new short[CellOf(Edges[^1]) - FirstCell];
        for (int i = 0; i < slots.Length; i++)
            slots[i] = (short)Search(BitConverter.UInt64BitsToDouble((ulong)(FirstCell + i) << Shift));
        return slots;
    }
}
