using System.Text;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Output;

/// <summary>Charts that fill the terminal and are redrawn in place.</summary>
internal sealed class ChartScreen(Terminal terminal) : IWatchScreen
{
    private const string EnterAlternateScreen = "\e[?1049h\e[?25l";
    private const string LeaveAlternateScreen = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearBelow = "\e[J";

    /// <summary>Rows of a chart besides the plot: title, axis, steps and legend.</summary>
    private const int ChartFrame = 5;
    private const int LeastPlot = 5;

    private (long Version, int Width, int Height) _shown = (-1, 0, 0);

    public void Begin() => Print(EnterAlternateScreen);

    public void Refresh(WatchedCurves curves)
    {
        // The window size can change.
        Terminal now = Terminal.OfProcess();
        var shown = (curves.Version, now.ChartWidth, now.Height);
        if (shown == _shown)
            return;
        _shown = shown;
        string frame = Frame(curves, now.ChartWidth, now.Height - 1, terminal.UsesColor);
        Print(Home + frame.Replace("\n", ClearLine + "\n", StringComparison.Ordinal) + ClearLine + ClearBelow);
    }

    public void End(WatchedCurves curves)
    {
        Print(LeaveAlternateScreen);
        terminal.WriteLine(Frame(curves, terminal.ChartWidth, terminal.Height - 1, terminal.UsesColor));
    }

    /// <summary>Returns as many charts as fit, and a hint how to see the others.</summary>
    internal static string Frame(WatchedCurves curves, int width, int height, bool color)
    {
        List<(string Tag, List<ScalarSeries> Curves)> tags = curves.Snapshot();
        if (tags.Count == 0)
            return "Waiting for the first point. Press Ctrl-C to exit.";

        int room = height - 1;
        int shown = Math.Clamp(room / (ChartFrame + LeastPlot), 1, tags.Count);
        int plot = Math.Max(3, (room / shown) - ChartFrame);
        var lines = new List<string>();
        foreach ((string tag, List<ScalarSeries> series) in tags.Take(shown))
        {
            string chart =
                CurveChart.Of(tag, series, width, plot, curves.Smoothing, curves.IsLogarithmic).Render(color);
            lines.AddRange(chart.Split('\n'));
            lines.Add("");
        }

        long points = tags.Sum(tag => tag.Curves.Sum(curve => (long)curve.Count));
        var last = new StringBuilder(Shown.Count(points, "point"));
        if (shown < tags.Count)
            last.Append($" · {Shown.Count(tags.Count - shown, "more tag")}: select with --tag");
        last.Append(" · Ctrl-C to exit");
        return string.Join('\n', lines.Take(height - 1).Append(last.ToString()));
    }

    private void Print(string text)
    {
        terminal.Output.Write(text);
        terminal.Output.Flush();
    }
}
