namespace TorchBoard.Tool.Rewriting;

/// <summary>Which points of many are kept.</summary>
internal sealed class Thinning
{
    private readonly Func<long, long, bool> _keeps;

    private Thinning(Func<long, long, bool> keeps) => _keeps = keeps;

    /// <summary>Every n-th, from the first, and the last.</summary>
    public static Thinning Every(long n) => new((index, count) => index % n == 0 || index == count - 1);

    /// <summary>As many, evenly, the first and the last among them; the last where it is one.</summary>
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
