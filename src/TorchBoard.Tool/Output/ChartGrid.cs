using System.Text;
using System.Text.RegularExpressions;
using TorchBoard.Figures;

namespace TorchBoard.Tool.Output;

/// <summary>Charts beside and below each other.</summary>
/// <param name="Columns">The number of charts beside each other.</param>
/// <param name="Rows">The number of charts below each other.</param>
/// <param name="ChartWidth">The width of a chart.</param>
/// <param name="PlotHeight">The height of the plot of a chart.</param>
internal sealed partial record ChartGrid(int Columns, int Rows, int ChartWidth, int PlotHeight)
{
    private const int Gap = 2;

    /// <summary>A chart that is narrower shows little.</summary>
    private const int LeastWidth = 56;
    private const int MostWidth = 100;

    /// <summary>Rows of a chart besides the plot: title, axis, steps and legend, and a blank one.</summary>
    private const int Frame = 5;
    private const int LeastPlot = 5;

    public int Capacity => Columns * Rows;

    /// <summary>Chooses the grid of charts that are as large as fits.</summary>
    public static ChartGrid Of(int charts, int width, int height)
    {
        int mostColumns = Math.Max(1, (width + Gap) / (LeastWidth + Gap));
        int mostRows = Math.Max(1, height / (Frame + LeastPlot));

        // Rows first: charts are wide.
        int rows = Math.Min(mostRows, charts);
        int columns = Math.Min(mostColumns, (charts + rows - 1) / rows);
        rows = Math.Min(rows, (charts + columns - 1) / columns);
        int chartWidth = Math.Clamp(((width + Gap) / columns) - Gap, 24, MostWidth);
        return new ChartGrid(columns, rows, chartWidth, Math.Max(3, (height / rows) - Frame));
    }

    /// <summary>Returns the lines of the charts, row by row, with a blank one after each row.</summary>
    public List<string> Lines(IEnumerable<TextChart> charts, bool color)
    {
        var lines = new List<string>();
        foreach (TextChart[] row in charts.Chunk(Columns))
        {
            string[][] beside = [.. row.Select(chart => chart.Render(color).Split('\n'))];
            for (int i = 0; i < beside.Max(chart => chart.Length); i++)
            {
                var line = new StringBuilder();
                for (int column = 0; column < beside.Length; column++)
                {
                    string part = i < beside[column].Length ? beside[column][i] : "";
                    line.Append(part);
                    if (column < beside.Length - 1)
                        line.Append(' ', Math.Max(1, ChartWidth + Gap - Color().Replace(part, "").Length));
                }

                lines.Add(line.ToString().TrimEnd());
            }

            lines.Add("");
        }

        return lines;
    }

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Color();
}
