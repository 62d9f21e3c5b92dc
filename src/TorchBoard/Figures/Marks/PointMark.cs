using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>A mark whose data are points. Points that an axis cannot show are omitted.</summary>
internal abstract class PointMark(double[] x, double[] y) : Mark
{
    public sealed override long Size => sizeof(double) * (long)(x.Length + y.Length);

    public double[] X => x;

    public double[] Y => y;

    public sealed override void Extend(DataRange across, DataRange up)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!across.Shows(x[i]) || !up.Shows(y[i]))
                continue;
            across.Include(x[i]);
            up.Include(y[i]);
        }
    }
}
