using System.Numerics.Tensors;

namespace TorchBoard;

/// <summary>Extremes and sums of values that come in chunks.</summary>
internal struct Moments()
{
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    public readonly double Min => Count == 0 ? 0 : _min;

    public readonly double Max => Count == 0 ? 0 : _max;

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public double SumOfSquares { get; private set; }

    public long NonFiniteCount { get; private set; }

    /// <summary>Adds a chunk, moves its finite values to the front and returns those.</summary>
    public ReadOnlySpan<double> Add(Span<double> chunk)
    {
        double sum = TensorPrimitives.Sum<double>(chunk);
        if (!double.IsFinite(sum))
        {
            int finite = KeepFinite(chunk);
            NonFiniteCount += chunk.Length - finite;
            chunk = chunk[..finite];
            sum = TensorPrimitives.Sum<double>(chunk);
        }

        if (chunk.IsEmpty)
            return chunk;

        Count += chunk.Length;
        Sum = Saturate(Sum + sum);
        SumOfSquares = Saturate(SumOfSquares + TensorPrimitives.SumOfSquares<double>(chunk));
        _min = Math.Min(_min, TensorPrimitives.Min<double>(chunk));
        _max = Math.Max(_max, TensorPrimitives.Max<double>(chunk));
        return chunk;
    }

    private static int KeepFinite(Span<double> chunk)
    {
        int kept = 0;
        foreach (double value in chunk)
        {
            if (double.IsFinite(value))
                chunk[kept++] = value;
        }

        return kept;
    }

    // Sums of huge values leave the range of a double; a file must not hold an infinity.
    private static double Saturate(double sum) =>
        double.IsNaN(sum) ? 0 : Math.Clamp(sum, double.MinValue, double.MaxValue);
}
