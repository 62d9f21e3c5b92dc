using TorchBoard.Drawing;

namespace TorchBoard.Figures.Marks;

/// <summary>Points drawn as discs.</summary>
internal sealed class ScatterMark(double[] x, double[] y) : PointMark(x, y)
{
    private const int Many = 2000;
    private const double Opacity = 0.8;

    /// <summary>The colors of the points; null for <see cref="Mark.Color"/>.</summary>
    public Color[]? PointColors { get; init; }

    /// <summary>The scale of <see cref="PointColors"/>.</summary>
    public ColorScale? Scale { get; init; }

    public override ColorScale? Colors => Scale;

    public override void Draw(Plot plot)
    {
        double radius = (X.Length > Many ? 1.5 : 3) * plot.Theme.Scale;
        for (int i = 0; i < X.Length; i++)
        {
            if (plot.Shows(X[i], Y[i]))
                plot.Canvas.FillCircle(plot.At(X[i], Y[i]), radius, PointColors?[i] ?? Color, Opacity);
        }
    }

    public override void DrawKey(Canvas canvas, PixelBox box, Theme theme) => canvas.FillCircle(
        new((box.Left + box.Right) / 2.0, (box.Top + box.Bottom) / 2.0), 3.5 * theme.Scale, Color, Opacity);
}
