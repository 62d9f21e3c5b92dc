using System.Runtime.CompilerServices;

namespace TorchBoard.Testing.Checks;

internal static class SpikeRule
{
    private const int FewestPoints = 5;
    private const int FewestBends = 3;

    /// <summary>Number of points on either side that a spike must stand out from.</summary>
    private const int Neighbors = 10;

    /// <summary>Number of points on either side that the noise is estimated from.</summary>
    private const int NoiseNeighbors = 25;

    /// <summary>
    /// The smallest noise assumed, as a share of the value. Without it, a change of the last digit would be a spike.
    /// </summary>
    private const double LeastNoise = 0.001;

    // Optimized from the first call, as a curve is usually checked once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Finding Check(Curve curve, double threshold)
    {
        (_, double[] values) = curve.Finite();
        if (values.Length == 0)
            return Finding.NoFinitePoint(curve);

        if (values.Length < FewestPoints)
            return new Finding(true, $"{Number.Points(values.Length)}, too few to tell");

        int[] places = [.. Enumerable.Range(0, curve.Count).Where(i => double.IsFinite(curve.Values[i]))];
        double[] bends = Noise.Bends(values);
        (int Point, double Times, double Usual)? worst = null;
        int spikes = 0;
        var windows = new Windows(values, bends);
        for (int i = 1; i < values.Length - 1; i++)
        {
            windows.MoveTo(i);
            (double before, double after) = (windows.Before.Value, windows.After.Value);
            double height = Height(values[i], before, after);
            if (height == 0)
                continue;

            double usual = (before / 2) + (after / 2);
            double noise = Math.Max(NoiseAround(i, values, windows.Bends), LeastNoise * Math.Abs(usual));
            double times = height / noise;
            if (!(times > threshold))
                continue;
            spikes++;
            if (worst is null || times > worst.Value.Times)
                worst = (places[i], times, usual);
        }

        if (worst is not { } spike)
            return new Finding(true, "none");
        string size = double.IsFinite(spike.Times) ? $"{Number.Rounded(spike.Times)} times the noise" : "and no noise";
        string count = spikes == 1 ? "" : $"; the tallest of {spikes}";
        return new Finding(
            false,
            $"a spike to {Number.Seen(curve.Values[spike.Point])} where {Number.Rounded(spike.Usual)} is usual, "
            + $"{size}{count}",
            spike.Point);
    }

    /// <summary>The noise around a point, excluding the point's own contribution.</summary>
    private static double NoiseAround(int point, double[] values, SlidingMedian bends) => bends.Count >= FewestBends
        ? Noise.Deviation(bends.Value)
        : Noise.Deviation([.. values[..point], .. values[(point + 1)..]], Median.Of(values));

    /// <summary>How far a value stands out from both sides; 0 if it is between them, as on a slope.</summary>
    private static double Height(double value, double before, double after)
    {
        double above = Math.Min(value - before, value - after);
        double below = Math.Min(before - value, after - value);
        return Math.Max(0, Math.Max(above, below));
    }

    /// <summary>The values on either side of a point, and the bends on both sides to which the point adds nothing.</summary>
    private sealed class Windows(double[] values, double[] bends)
    {
        public SlidingMedian Before { get; } = new(Neighbors + 1);

        public SlidingMedian After { get; } = new(Neighbors + 1);

        public SlidingMedian Bends { get; } = new((2 * NoiseNeighbors) + 2);

        /// <summary>Moves to a point: first to 1, then by one.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void MoveTo(int point)
        {
            if (point == 1)
            {
                for (int i = point + 1; i <= point + Neighbors; i++)
                    Add(After, values, i);

                // The bend at a point has an index smaller by one.
                for (int i = point + 1; i <= point + NoiseNeighbors; i++)
                    Add(Bends, bends, i);
            }
            else
            {
                Remove(After, values, point);
                Add(After, values, point + Neighbors);
                Remove(Bends, bends, point);
                Add(Bends, bends, point + NoiseNeighbors);
            }

            Add(Before, values, point - 1);
            Remove(Before, values, point - 1 - Neighbors);
            Add(Bends, bends, point - 3);
            Remove(Bends, bends, point - 3 - NoiseNeighbors);
        }

        private static void Add(SlidingMedian window, double[] from, int at)
        {
            if (at >= 0 && at < from.Length)
                window.Add(from[at]);
        }

        private static void Remove(SlidingMedian window, double[] from, int at)
        {
            if (at >= 0 && at < from.Length)
                window.Remove(from[at]);
        }
    }
}
