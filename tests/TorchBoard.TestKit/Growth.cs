using System.Diagnostics;

namespace TorchBoard.TestKit;

/// <summary>Bounds how the time of some work grows with its size, on a machine of any speed.</summary>
internal static class Growth
{
    // Linear work takes 16 times as long for 16 times the size, or some more where it no longer fits into the caches;
    // quadratic work takes 256 times as long.
    private const int Factor = 16;
    private const double Limit = 80;
    private const int Rounds = 6;

    /// <summary>Fails where the time grows much faster than the size.</summary>
    /// <param name="size">The smaller of two sizes. Its work should take some milliseconds.</param>
    /// <param name="prepare">Prepares the work for a size. Only the work that it returns is timed.</param>
    public static void AssertLinear(int size, Func<int, Action> prepare)
    {
        Action small = prepare(size);
        Action large = prepare(size * Factor);

        // The first runs include the compilation.
        small();
        small();

        // Another program can only make a run slower, so the best of several rounds counts.
        TimeSpan ofSmall = TimeSpan.MaxValue, ofLarge = TimeSpan.MaxValue;
        for (int round = 1; round <= Rounds; round++)
        {
            ofSmall = Shorter(ofSmall, TimeOf(small));
            ofLarge = Shorter(ofLarge, TimeOf(large));
            double ratio = ofLarge / ofSmall;
            if (round > 1 && ratio < Limit)
                return;
            if (round > 2 && ratio > 1.5 * Limit)
                break;
        }

        Assert.Fail(
            $"{Factor} times the size took {ofLarge / ofSmall:0.0} times as long ({ofSmall.TotalMilliseconds:0.0} ms " +
            $"for {size}, {ofLarge.TotalMilliseconds:0.0} ms for {size * Factor}). The limit is {Limit} times.");
    }

    private static TimeSpan TimeOf(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
