using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

/// <summary>
/// Forty items of four classes with scores in sixteenths, many of them equal. The expected numbers of the tests were
/// computed with scikit-learn 1.2.1.
/// </summary>
internal static class ScoredItems
{
    public const int Classes = 4;
    private const int Count = 40;

    static ScoredItems()
    {
        Labels = [.. Sixteenths(Count, seed: 7).Select(n => n % Classes)];
        Scores = [.. Sixteenths(Count * Classes, seed: 1).Select(n => n / 16f)];
        for (int i = 0; i < Count; i++)
            Scores[(i * Classes) + Labels[i]] += 3 / 16f;
    }

    public static int[] Labels { get; }

    public static float[] Scores { get; }

    public static ClassifierScores InBatchesOf(int size)
    {
        var scores = new ClassifierScores(Classes);
        for (int start = 0; start < Count; start += size)
        {
            int end = Math.Min(start + size, Count);
            scores.Add(Scores.AsSpan((start * Classes)..(end * Classes)), Labels.AsSpan(start..end));
        }

        return scores;
    }

    public static IEnumerable<int> Sixteenths(int count, long seed)
    {
        for (int i = 0; i < count; i++)
        {
            seed = ((seed * 1103515245) + 12345) % (1L << 31);
            yield return (int)((seed >> 16) % 16);
        }
    }
}
