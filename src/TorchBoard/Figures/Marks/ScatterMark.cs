namespace TorchBoard.Figures;

/// <summary>Points, each a disc.</summary>
internal sealed class ScatterMark(double[] x, double[] y) : Mark
{
    private const int Many = 2000;
    private const double Opacity = 0.8;

    public override long Size => sizeof(double) * (long)(x.Length + y.Length);

    public override void Extend(DataRange across, DataRange up)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!across.Shows(x[i]) || !up.Shows(y[i]))
                continue;
            across.Include(x[i]);
            up.Include(y[i]);
        }
    }

    public override void Draw(Plot plot)
    {
        double radius = (x.Length > Many ? 1.5 : 3) * plot.Theme.Scale;
        for (int i = 0; i < x.Length; i++)
        {
            if (plot.Shows(x[i], y[i]))
                plot.Canvas.FillCircle(plot.At(x[i], y[i]), radius, Colour, Opacity);
        }
    }

    public override void DrawKey(Canvas canvas, PixelBox box, Theme theme) => canvas.FillCircle(
        new((box.Left + box.Right) / 2.0, (box.Top + box.Bottom) / 2.0), 3.5 * theme.Scale, Colour, Opacity);
}
