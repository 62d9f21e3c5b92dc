namespace TorchBoard;

/// <summary>
/// The default buckets, found by table: the sign, the exponent and the first four bits of the mantissa name a
/// cell of values that are at most 1/16 apart, and as edges are 1/10 apart, at most one falls into a cell.
/// </summary>
internal static class DefaultBuckets
{
    private const int CellShift = 48;
    private const int Cells = 1 << (64 - CellShift);

    private static readonly Lazy<Table> Shared = new(() => new Table(MakeEdges()));

    public static ReadOnlySpan<double> Edges => Shared.Value.Edges;

    /// <summary>
    /// Counts each finite value under the number of edges that are not above it: slot 0 is below all edges, the
    /// last slot at or above the last one.
    /// </summary>
    public static void Count(ReadOnlySpan<double> values, Span<long> slots)
    {
        Table table = Shared.Value;
        foreach (double value in values)
        {
            ref readonly Cell cell = ref table.Cells[BitConverter.DoubleToUInt64Bits(value) >> CellShift];
            slots[cell.Slot + (value >= cell.NextEdge ? 1 : 0)]++;
        }
    }

    // Repeated multiplication, as TensorFlow does it: a power of 1.1 would round differently.
    private static double[] MakeEdges()
    {
        var positive = new List<double>();
        for (double v = 1e-12; v < 1e20; v *= 1.1)
            positive.Add(v);
        return [.. positive.Select(v => -v).Reverse(), 0, .. positive];
    }

    private readonly record struct Cell(int Slot, double NextEdge);

    private sealed class Table
    {
        public Table(double[] edges)
        {
            Edges = edges;
            for (int cell = 0; cell < Cells.Length; cell++)
            {
                int slot = EdgesUpTo(SmallestIn(cell));
                Cells[cell] = new Cell(slot, slot < edges.Length ? edges[slot] : double.PositiveInfinity);
            }
        }

        public double[] Edges { get; }

        public Cell[] Cells { get; } = new Cell[DefaultBuckets.Cells];

        // Below zero, the bits that grow make the value smaller.
        private static double SmallestIn(int cell)
        {
            ulong first = (ulong)cell << CellShift;
            bool negative = cell >= DefaultBuckets.Cells / 2;
            return BitConverter.UInt64BitsToDouble(negative ? first | ((1UL << CellShift) - 1) : first);
        }

        private int EdgesUpTo(double value)
        {
            int found = Array.BinarySearch(Edges, value);
            return found >= 0 ? found + 1 : ~found;
        }
    }
}
