namespace TorchBoard.Drawing;

/// <summary>A rectangle of whole pixels; the right and bottom edges are exclusive.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public bool IsEmpty => Left >= Right || Top >= Bottom;

    /// <summary>Returns the intersection; empty if the boxes do not overlap.</summary>
    public PixelBox Intersect(PixelBox other) => new(
        Math.Max(Left, other.Left), Math.Max(Top, other.Top),
        Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

    /// <summary>Returns the smallest box that contains the given area and a margin around it.</summary>
    public static PixelBox Around(double left, double top, double right, double bottom, double margin = 0) => new(
        Whole(Math.Floor(left - margin)),
        Whole(Math.Floor(top - margin)),
        Whole(Math.Ceiling(right + margin)),
        Whole(Math.Ceiling(bottom + margin)));

    private static int Whole(double coordinate) => (int)Math.Clamp(coordinate, -1e9, 1e9);
}
