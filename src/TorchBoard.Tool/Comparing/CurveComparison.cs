namespace TorchBoard.Tool.Comparing;

/// <summary>A curve of two sides at the steps that both have.</summary>
internal sealed class CurveComparison
{
    private CurveComparison(string run, string tag, long[] steps, Side[] a, Side[] b)
    {
        Run = run;
        Tag = tag;
        Steps = steps;
        A = a;
        B = b;
        LargestAt = Enumerable.Range(0, steps.Length).MaxBy(
            i => Gap(i) is var gap && double.IsNaN(gap) ? double.PositiveInfinity : gap);
    }

    /// <summary>The run that is compared; empty where each side is several.</summary>
    public string Run { get; }

    public string Tag { get; }

    public IReadOnlyList<long> Steps { get; }

    public IReadOnlyList<Side> A { get; }

    public IReadOnlyList<Side> B { get; }

    /// <summary>The point at which the sides are farthest apart.</summary>
    public int LargestAt { get; }

    /// <summary>Null where the sides have no step in common.</summary>
    public static CurveComparison? Of(string run, string tag, IEnumerable<ScalarSeries> a, IEnumerable<ScalarSeries> b)
    {
        SortedDictionary<long, Side> ofA = Side.Of(a);
        SortedDictionary<long, Side> ofB = Side.Of(b);
        long[] steps = [.. ofA.Keys.Where(ofB.ContainsKey)];
        return steps.Length == 0
            ? null
            : new CurveComparison(
                run, tag, steps, [.. steps.Select(step => ofA[step])], [.. steps.Select(step => ofB[step])]);
    }

    /// <summary>How far apart the sides are; 0 where both are the same, NaN or infinite.</summary>
    public double Gap(int at) => A[at].Mean.Equals(B[at].Mean) ? 0 : Math.Abs(B[at].Mean - A[at].Mean);

    /// <summary>Whether all points of B are as near to A's as a tolerance says.</summary>
    public bool IsWithin(double amount, bool isRelative)
    {
        for (int i = 0; i < Steps.Count; i++)
        {
            if (!(Gap(i) <= (isRelative ? amount * Math.Abs(A[i].Mean) : amount)))
                return false;
        }

        return true;
    }
}
