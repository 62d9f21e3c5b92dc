using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>The area between two curves.</summary>
internal sealed class BandMark(double[] x, double[] low, double[] high) : Mark
{
    private const double Opacity = 0.25;

    public override long Size => sizeof(double) * (long)(x.Length + low.Length + high.Length);

    public override void Extend(DataRange across, DataRange up)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!across.Shows(x[i]) || !up.Shows(low[i]) || !up.Shows(high[i]))
                continue;
            across.Include(x[i]);
            up.Include(low[i]);
            up.Include(high[i]);
        }
    }

    public override void Draw(Plot plot)
    {
        var runs = PointRuns.Of(x.Length, i => plot.Shows(x[i], low[i]) && plot.Y.Shows(high[i]));
        foreach ((int first, int end) in runs)
        {
            var path = new VectorPath();
            path.MoveTo(plot.At(x[first], low[first]));
            for (int i = first + 1; i < end; i++)
                path.LineTo(plot.At(x[i], low[i]));
            for (int i = end - 1; i >= first; i--)
                path.LineTo(plot.At(x[i], high[i]));
            path.Close();
            plot.Canvas.Fill(path, Color, Opacity);
        }
    }

    public override void DrawKey(Canvas canvas, PixelBox box, Theme theme) => canvas.Fill(box, Color, Opacity);
}
