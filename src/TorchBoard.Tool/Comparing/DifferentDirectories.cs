using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Comparing;

/// <summary>The two sides of a comparison, which is always green if they are the same.</summary>
internal static class DifferentDirectories
{
    /// <exception cref="UsageException">Both have the same runs, possibly through links or patterns.</exception>
    public static void ThrowIfSame(LogDirectories a, LogDirectories b, string sides)
    {
        if (a.Find().HasSameRuns(b.Find()))
            throw new UsageException($"{sides} are both {a}; a comparison needs two different directories.");
    }
}
