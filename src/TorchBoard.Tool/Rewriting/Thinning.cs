namespace TorchBoard.Tool.Rewriting;

/// <summary>Selects the points to keep.</summary>
internal sealed class Thinning
{
    private readonly Func<long, long, bool> _keeps;

    private Thinning(Func<long, long, bool> keeps) => _keeps = keeps;

    /// <summary>Every n-th point, from the first, and the last point.</summary>
    public static Thinning Every(long n) => new((index, count) => index % n == 0 || index == count - 1);

    /// <summary>
    /// At most this many evenly spaced points, including the first and the last; for 1, only the last.
    /// </summary>
    public static Thinning AtMost(long points) => new((index, count) =>
    {
        if (count <= points || index == count - 1)
            return true;
        if (points == 1)
            return false;
        double distance = (count - 1.0) / (points - 1);
        return (long)Math.Round(Math.Round(index / distance) * distance) == index;
    });

    public bool Keeps(long index, long count) => _keeps(index, count);
}
