using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>Something drawn in a plot: a line, points, bars, cells. It never changes.</summary>
internal abstract class Mark
{
    /// <summary>What the legend calls it; nothing, where it is not in there.</summary>
    public string Label { get; init; } = "";

    public required Color Color { get; init; }

    /// <summary>The names along the horizontal axis; null where there are numbers.</summary>
    public virtual IReadOnlyList<string>? XNames => null;

    /// <summary>The names along the vertical axis, from the top; null where there are numbers.</summary>
    public virtual IReadOnlyList<string>? YNames => null;

    /// <summary>How many bytes its data take.</summary>
    public abstract long Size { get; }

    /// <summary>Makes room for it on the axes.</summary>
    public abstract void Extend(DataRange x, DataRange y);

    public abstract void Draw(Plot plot);

    /// <summary>Draws its sample in the legend: a box in its color, unless it has something better.</summary>
    public virtual void DrawKey(Canvas canvas, PixelBox box, Theme theme) => canvas.Fill(box, Color);
}
