namespace TorchBoard.Metrics;

/// <summary>The number of items and the sum of their weights.</summary>
internal readonly record struct Tally(long Count, double Weight)
{
    /// <summary>Whether an item has a weight other than 1, as far as the sum shows.</summary>
    public bool IsWeighted => Weight != Count;

    public static Tally operator +(Tally a, Tally b) => new(a.Count + b.Count, a.Weight + b.Weight);

    /// <summary>Returns a tally without the items of a part of it; without rounding errors if none are left.</summary>
    public static Tally operator -(Tally all, Tally part) => all.Count == part.Count
        ? default
        : new(all.Count - part.Count, Math.Max(0, all.Weight - part.Weight));

    public Tally With(double weight) => new(Count + 1, Weight + weight);
}
