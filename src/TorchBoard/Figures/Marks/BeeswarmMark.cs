using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>A disc for each number beside its name; discs that would overlap are moved up and down.</summary>
internal sealed class BeeswarmMark(IReadOnlyList<string> names, double[][] values, Color[][] colors, ColorScale scale)
    : Mark
{
    private const int Many = 500;

    /// <summary>The share of the distance between names that a swarm fills.</summary>
    private const double Filled = 0.8;

    public override IReadOnlyList<string>? YNames => names;

    public override ColorScale? Colors => scale;

    public override long Size => values.Sum(row => (sizeof(double) + 3L) * row.Length);

    /// <summary>The numbers of each name.</summary>
    public double[][] Values => values;

    /// <summary>The colors of the numbers.</summary>
    public Color[][] PointColors => colors;

    public override void Extend(DataRange x, DataRange y)
    {
        foreach (double[] row in values)
            x.Include(row);
    }

    public override void Draw(Plot plot)
    {
        AxisScale x = plot.X;
        if (x.Min < 0 && x.Max > 0)
        {
            int at = Frame.HairlineAt(plot.Across(0), plot.Theme.Scale);
            plot.Canvas.Fill(
                new PixelBox(at, plot.Area.Top, at + plot.Theme.Scale, plot.Area.Bottom), Theme.Frame);
        }

        for (int row = 0; row < values.Length; row++)
            Draw(plot, row);
    }

    private void Draw(Plot plot, int row)
    {
        double radius = (values[row].Length > Many ? 2 : 3) * plot.Theme.Scale;
        double room = Math.Max((plot.Down(row + (Filled / 2)) - plot.Down(row - (Filled / 2))) - (2 * radius), 0);

        // Columns as wide as a disc: the discs of a column are stacked from the middle outwards.
        var columns = new Dictionary<int, int>();
        int[] places = new int[values[row].Length];
        int ColumnOf(int i) => (int)Math.Floor(plot.Across(values[row][i]) / (1.5 * radius));
        for (int i = 0; i < places.Length; i++)
        {
            if (plot.X.Shows(values[row][i]))
                columns[ColumnOf(i)] = (places[i] = columns.GetValueOrDefault(ColumnOf(i))) + 1;
        }

        if (columns.Count == 0)
            return;
        double distance = Math.Min(1.7 * radius, room / Math.Max(columns.Values.Max() - 1, 1));
        for (int i = 0; i < places.Length; i++)
        {
            if (!plot.X.Shows(values[row][i]))
                continue;

            // 0, 1, -1, 2, -2, …; the stacks of an even number are half a place above the middle.
            int place = (places[i] + 1) / 2 * (places[i] % 2 == 0 ? -1 : 1);
            double middle = columns[ColumnOf(i)] % 2 == 0 ? -0.5 : 0;
            plot.Canvas.FillCircle(
                new Point(plot.Across(values[row][i]), plot.Down(row) + ((place + middle) * distance)), radius,
                colors[row][i]);
        }
    }
}
