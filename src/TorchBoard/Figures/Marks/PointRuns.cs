namespace TorchBoard.Figures;

/// <summary>Cuts a series into runs of points that can be drawn: what has no place leaves a gap.</summary>
internal static class PointRuns
{
    /// <summary>The first and the end of each run of indices.</summary>
    public static IEnumerable<(int First, int End)> Of(int count, Predicate<int> isShown)
    {
        int first = 0;
        for (int i = 0; i <= count; i++)
        {
            if (i < count && isShown(i))
                continue;
            if (i > first)
                yield return (first, i);
            first = i + 1;
        }
    }

    /// <summary>
    /// The points that are seen where many share a column of pixels: of those in a row, the first, the highest, the
    /// lowest and the last.
    /// </summary>
    public static List<Point> Thin(IReadOnlyList<Point> points)
    {
        var kept = new List<Point>();
        for (int i = 0; i < points.Count;)
        {
            double column = Math.Floor(points[i].X);
            (int first, int low, int high) = (i, i, i);
            while (++i < points.Count && Math.Floor(points[i].X) == column)
            {
                if (points[i].Y < points[low].Y)
                    low = i;
                if (points[i].Y > points[high].Y)
                    high = i;
            }

            foreach (int index in new SortedSet<int> { first, low, high, i - 1 })
                kept.Add(points[index]);
        }

        return kept;
    }
}
