namespace TorchBoard.Tool.Comparing;

/// <summary>A curve of two sides at their common steps.</summary>
internal sealed class CurveComparison
{
    private CurveComparison(
        string run, string tag, long[] steps, Side[] a, Side[] b, (long Step, Side Side) endOfA, (long Step, Side Side) endOfB)
    {
        Run = run;
        Tag = tag;
        EndOfA = endOfA;
        EndOfB = endOfB;
        Steps = steps;
        A = a;
        B = b;
        LargestAt = Enumerable.Range(0, steps.Length).MaxBy(
            i => Gap(i) is var gap && double.IsNaN(gap) ? double.PositiveInfinity : gap);
    }

    /// <summary>The compared run; empty if each side has several runs.</summary>
    public string Run { get; }

    public string Tag { get; }

    public IReadOnlyList<long> Steps { get; }

    public IReadOnlyList<Side> A { get; }

    public IReadOnlyList<Side> B { get; }

    /// <summary>The last step of A, which B need not have, and the value there.</summary>
    public (long Step, Side Side) EndOfA { get; }

    /// <summary>The last step of B and the value there.</summary>
    public (long Step, Side Side) EndOfB { get; }

    /// <summary>The runs of A that have the tag.</summary>
    public required IReadOnlyList<ScalarSeries> RunsOfA { get; init; }

    /// <summary>The runs of B that have the tag.</summary>
    public required IReadOnlyList<ScalarSeries> RunsOfB { get; init; }

    /// <summary>The index of the point with the largest difference.</summary>
    public int LargestAt { get; }

    /// <summary>Returns null if the sides have no step in common.</summary>
    public static CurveComparison? Of(string run, string tag, IReadOnlyList<ScalarSeries> a, IReadOnlyList<ScalarSeries> b)
    {
        SortedDictionary<long, Side> ofA = Side.Of(a);
        SortedDictionary<long, Side> ofB = Side.Of(b);
        long[] steps = [.. ofA.Keys.Where(ofB.ContainsKey)];
        return steps.Length == 0
            ? null
            : new CurveComparison(
                run, tag, steps, [.. steps.Select(step => ofA[step])], [.. steps.Select(step => ofB[step])], End(ofA), End(ofB))
            {
                RunsOfA = a,
                RunsOfB = b,
            };
    }

    /// <summary>The difference between the sides; 0 if both are equal, including NaN or infinite.</summary>
    public double Gap(int at) => A[at].Mean.Equals(B[at].Mean) ? 0 : Math.Abs(B[at].Mean - A[at].Mean);

    private static (long Step, Side Side) End(SortedDictionary<long, Side> side)
    {
        KeyValuePair<long, Side> last = side.Last();
        return (last.Key, last.Value);
    }

    /// <summary>Whether all points of B are within a tolerance of A's.</summary>
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
