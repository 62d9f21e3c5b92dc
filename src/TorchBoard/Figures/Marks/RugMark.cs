using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>Short lines at the foot of a plot where the data are.</summary>
internal sealed class RugMark(double[] x) : Mark
{
    public override long Size => sizeof(double) * (long)x.Length;

    public override void Extend(DataRange across, DataRange up)
    {
    }

    public override void Draw(Plot plot)
    {
        foreach (double value in x.Where(value => plot.X.Shows(value) && value >= plot.X.Min && value <= plot.X.Max))
        {
            int left = Frame.HairlineAt(plot.Across(value), plot.Theme.Scale);
            plot.Canvas.Fill(
                new PixelBox(
                    left, plot.Area.Bottom - (3 * plot.Theme.Tick), left + plot.Theme.Scale, plot.Area.Bottom),
                Color);
        }
    }
}
