using System.Runtime.InteropServices;
using TorchBoard.Histograms;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// Counts a tensor's values in the default buckets on the tensor's own device. Only counts and moments are transferred,
/// and only when they are requested.
/// </summary>
internal static class DeviceHistogram
{
    /// <summary>Number of values counted at a time; the temporary memory is 60 bytes per value.</summary>
    private const long PieceLength = 1 << 22;

    /// <summary>Size of the counts on the device, in bytes.</summary>
    public static long Size => sizeof(double) * (SlotCount + Moment.Count);

    private static int SlotCount => HistogramCounter.Edges.Length + 1;

    /// <summary>Starts counting without waiting for the device; returns a function that fetches the counts.</summary>
    public static Func<Histogram> Count(Tensor values) => Count(values, PieceLength);

    public static Func<Histogram> Count(Tensor values, long pieceLength)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        bool isSingle = values.dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32;
        ScalarType type = isSingle ? ScalarType.Float32 : ScalarType.Float64;
        DeviceConstants constants = DeviceConstants.On(values.device);
        Tensor edges = type == ScalarType.Float32 ? constants.SingleEdges : constants.Edges;
        Tensor flat = values.detach().reshape(-1);
        Tensor counts = zeros([SlotCount + 1], ScalarType.Int64, values.device);
        Tensor? moments = null;
        for (long start = 0; start < values.NumberOfElements; start += pieceLength)
        {
            using DisposeScope pieceScope = NewDisposeScope();
            long length = Math.Min(pieceLength, values.NumberOfElements - start);
            Tensor piece = flat.narrow(0, start, length).to_type(type);
            Tensor isFinite = piece.isfinite();

            // The last counter is for values that are in no bucket.
            Tensor slots = where(isFinite, piece.bucketize(edges, false, true), constants.NoSlot);
            counts.scatter_add_(0, slots, constants.One.expand(length));
            moments = Moment.Add(moments, piece.to_type(ScalarType.Float64), isFinite, constants)
                .MoveToOuterDisposeScope();
        }

        // Keeps alive a tensor that the caller created only for this call.
        GC.KeepAlive(values);
        Tensor result = cat([counts.to_type(ScalarType.Float64), moments!]).DetachFromDisposeScope();
        return () => Fetch(result);
    }

    private static Histogram Fetch(Tensor result)
    {
        using (result)
        using (DisposeScope scope = NewDisposeScope())
        {
            ReadOnlySpan<double> numbers = MemoryMarshal.Cast<byte, double>(result.cpu().bytes);
            long[] slots = new long[SlotCount];
            for (int i = 0; i < slots.Length; i++)
                slots[i] = (long)numbers[i];
            ReadOnlySpan<double> moments = numbers[(SlotCount + 1)..];
            var counter = new HistogramCounter();
            counter.AddCounts(slots, moments[0], moments[1], moments[2], moments[3], (long)numbers[SlotCount]);
            return counter.ToHistogram();
        }
    }

    /// <summary>Smallest value, largest value, sum and sum of squares of the finite values, in this order.</summary>
    private static class Moment
    {
        public const int Count = 4;

        public static Tensor Add(Tensor? before, Tensor values, Tensor isFinite, DeviceConstants constants)
        {
            Tensor finite = where(isFinite, values, constants.Zero);
            Tensor lowest = where(isFinite, values, constants.Infinity).min();
            Tensor highest = where(isFinite, values, constants.NegativeInfinity).max();
            Tensor sum = finite.sum();
            Tensor squares = (finite * finite).sum();
            if (before is not null)
            {
                lowest = minimum(lowest, before[0]);
                highest = maximum(highest, before[1]);
                sum = sum.add(before[2], HeldScalars.One);
                squares = squares.add(before[3], HeldScalars.One);
            }

            return stack([lowest, highest, sum, squares]);
        }
    }
}
