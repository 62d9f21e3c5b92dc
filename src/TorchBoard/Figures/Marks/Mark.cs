using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>An item drawn in a plot: a line, points, bars, cells. Immutable.</summary>
internal abstract class Mark
{
    /// <summary>The name in the legend; empty to omit the mark from the legend.</summary>
    public string Label { get; init; } = "";

    public required Color Color { get; init; }

    /// <summary>The names along the horizontal axis; null for numbers.</summary>
    public virtual IReadOnlyList<string>? XNames => null;

    /// <summary>The names along the vertical axis, from top to bottom; null for numbers.</summary>
    public virtual IReadOnlyList<string>? YNames => null;

    /// <summary>The colors that a color bar beside the plot explains; null for none.</summary>
    public virtual ColorScale? Colors => null;

    /// <summary>Whether the lines at the left and the bottom of the plot belong to the mark.</summary>
    public virtual bool HasFrame => true;

    /// <summary>The size of the data in bytes.</summary>
    public abstract long Size { get; }

    /// <summary>Extends the ranges of the axes to include the mark.</summary>
    public abstract void Extend(DataRange x, DataRange y);

    public abstract void Draw(Plot plot);

    /// <summary>Draws the legend key; by default a box in the mark's color.</summary>
    public virtual void DrawKey(Canvas canvas, PixelBox box, Theme theme) => canvas.Fill(box, Color);
}
