namespace TorchBoard.TestKit;

/// <summary>
/// Bounds how the time of some work grows with its size. It measures the processor time of this process, which other
/// programs hardly change, however busy they keep the machine. Its tests are [NonParallelizable].
/// </summary>
internal static class Growth
{
    // Linear work takes 16 times as long for 16 times the size, or somewhat more if it no longer fits into the caches.
    // Quadratic work takes 256 times as long.
    private const int Factor = 16;
    private const double Limit = 80;
    private const int Rounds = 5;

    /// <summary>Shorter work is repeated up to this time, because Windows counts in steps of 16 ms.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(40);

    /// <summary>Fails if the time grows much faster than the size.</summary>
    /// <param name="size">The smaller of two sizes.</param>
    /// <param name="prepare">Prepares the work for a size. Only the work that it returns is measured.</param>
    public static void AssertLinear(int size, Func<int, Action> prepare)
    {
        Action small = prepare(size);
        Action large = prepare(size * Factor);

        // The first round includes the compilation.
        double ofSmall = double.MaxValue, ofLarge = double.MaxValue;
        for (int round = 1; round <= Rounds; round++)
        {
            ofSmall = Math.Min(ofSmall, MillisecondsOf(small));
            ofLarge = Math.Min(ofLarge, MillisecondsOf(large));
            double ratio = ofLarge / ofSmall;
            if (round > 1 && ratio < Limit)
                return;
            if (round > 2 && ratio > 1.5 * Limit)
                break;
        }

        Assert.Fail(
            $"{Factor} times the size took {ofLarge / ofSmall:0.0} times as long ({ofSmall:0.0} ms for {size}, " +
            $"{ofLarge:0.0} ms for {size * Factor}). The limit is {Limit} times.");
    }

    private static double MillisecondsOf(Action work)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime, taken;
        int times = 0;
        do
        {
            work();
            times++;
            taken = Environment.CpuUsage.TotalTime - start;
        }
        while (taken < Least);

        return taken.TotalMilliseconds / times;
    }
}
