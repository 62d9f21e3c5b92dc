using TorchBoard.Drawing;

namespace TorchBoard.Figures.Marks;

/// <summary>Splits a series into runs of drawable points; other points leave gaps.</summary>
internal static class PointRuns
{
    /// <summary>Returns the first and the exclusive end index of each run.</summary>
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
    /// Returns the visible points if many share a column of pixels: the first, highest, lowest and last of consecutive
    /// points in a column.
    /// </summary>
    public static List<Point> Thin(IEnumerable<Point> points)
    {
        var kept = new List<Point>();
        Point first = default, highest = default, lowest = default, last = default;
        bool isEmpty = true;
        bool endsHigh = false;
        foreach (Point point in points)
        {
            if (isEmpty || Math.Floor(point.X) != Math.Floor(first.X))
            {
                if (!isEmpty)
                    Keep();
                first = highest = lowest = point;
            }

            if (point.Y < highest.Y)
                (highest, endsHigh) = (point, true);
            if (point.Y > lowest.Y)
                (lowest, endsHigh) = (point, false);
            (last, isEmpty) = (point, false);
        }

        if (!isEmpty)
            Keep();
        return kept;

        void Keep() => kept.AddRange([first, endsHigh ? lowest : highest, endsHigh ? highest : lowest, last]);
    }
}
