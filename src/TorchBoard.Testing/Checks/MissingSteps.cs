namespace TorchBoard.Testing.Checks;

/// <summary>
/// Finds steps that a curve lacks and its baseline has, and the reverse: a comparison of the common steps alone would
/// call a run that died early equal to its baseline.
/// </summary>
/// <remarks>
/// Curves need not have the same steps. A curve ends early if the baseline goes on for at least the median distance
/// between the curve's own steps, so that another point was due; likewise at the beginning and for the baseline. A gap is
/// reported only if all steps of the curve are steps of the baseline, as with the same program, and the gap is twice
/// that distance or more.
/// </remarks>
internal static class MissingSteps
{
    /// <summary>Returns what is missing as parts of a sentence; none if nothing is.</summary>
    /// <param name="curve">The steps of the curve, in any order.</param>
    /// <param name="baseline">The steps of the baseline, in any order.</param>
    /// <param name="from">The first step that counts.</param>
    /// <param name="until">The last step that counts.</param>
    public static IReadOnlyList<string> Of(
        IEnumerable<long> curve, IEnumerable<long> baseline, long from = long.MinValue, long until = long.MaxValue)
    {
        long[] own = Within(curve, from, until);
        long[] other = Within(baseline, from, until);
        if (own.Length == 0 || other.Length == 0)
            return [];

        var missing = new List<string>();
        UInt128 ownStride = Stride(own, other);
        UInt128 otherStride = Stride(other, own);
        if (IsDue(other[0], own[0], ownStride) || IsDue(own[0], other[0], otherStride))
            missing.Add($"the curve begins at step {Number.Text(own[0])}, the baseline at {Number.Text(other[0])}");
        if (Array.TrueForAll(own, new HashSet<long>(other).Contains))
            missing.AddRange(Gaps(own, other, ownStride));
        if (IsDue(own[^1], other[^1], ownStride) || IsDue(other[^1], own[^1], otherStride))
            missing.Add($"the curve ends at step {Number.Text(own[^1])}, the baseline at {Number.Text(other[^1])}");
        return missing;
    }

    private static IEnumerable<string> Gaps(long[] own, long[] other, UInt128 stride)
    {
        for (int i = 1; i < own.Length; i++)
        {
            if (Distance(own[i - 1], own[i]) < 2 * stride)
                continue;
            int between = Array.BinarySearch(other, own[i]) - Array.BinarySearch(other, own[i - 1]) - 1;
            if (between > 0)
            {
                yield return $"the curve has no points between steps {Number.Text(own[i - 1])} and "
                    + $"{Number.Text(own[i])}, where the baseline has {Number.Text(between)}";
            }
        }
    }

    private static long[] Within(IEnumerable<long> steps, long from, long until) =>
        [.. steps.Where(step => step >= from && step <= until).Distinct().Order()];

    /// <summary>Whether a curve that ends at one step would have had another point by a later one.</summary>
    private static bool IsDue(long earlier, long later, UInt128 stride) =>
        earlier < later && Distance(earlier, later) >= stride;

    // The median of the distances; of the other curve for a single point, and 1 if both have only one.
    private static UInt128 Stride(long[] steps, long[] other)
    {
        if (steps.Length == 1)
            steps = other;
        if (steps.Length == 1)
            return 1;
        UInt128[] distances = [.. steps.Skip(1).Select((step, i) => Distance(steps[i], step)).Order()];
        return distances[distances.Length / 2];
    }

    private static UInt128 Distance(long from, long to) => (UInt128)((Int128)to - from);
}
