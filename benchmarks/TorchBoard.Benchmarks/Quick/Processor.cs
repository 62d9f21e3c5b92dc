namespace TorchBoard.Benchmarks.Quick;

/// <summary>
/// The time of a fixed computation that touches no memory. If it takes longer than at other times, something shares the
/// processor, for example another virtual machine, and all figures of the run are too low.
/// </summary>
internal static class Processor
{
    private const int Rounds = 20_000_000;

    public static Figure Measure(string when)
    {
        ulong last = 0;
        double seconds = Repeat.Median(5, () => Repeat.Seconds(() => last ^= Compute()));
        return new Figure($"processor, {when}: {Rounds / 1_000_000} M rounds of arithmetic", seconds * 1e3, "ms");
    }

    // Six chains, enough to keep a processor's units busy.
    private static ulong Compute()
    {
        ulong a = 1, b = 2, c = 3, d = 4, e = 5, f = 6;
        for (int i = 0; i < Rounds; i++)
        {
            a = (a * 5) ^ (a >> 3);
            b = (b * 5) ^ (b >> 3);
            c = (c * 5) ^ (c >> 3);
            d = (d * 5) ^ (d >> 3);
            e = (e * 5) ^ (e >> 3);
            f = (f * 5) ^ (f >> 3);
        }

        return a ^ b ^ c ^ d ^ e ^ f;
    }
}
