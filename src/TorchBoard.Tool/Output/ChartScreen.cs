using System.Text;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Output;

/// <summary>Charts that fill the terminal and are redrawn in place. Keys turn pages if there are more than fit.</summary>
internal sealed class ChartScreen(Terminal terminal, CurveStyle style) : IWatchScreen
{
    private const string EnterAlternateScreen = "\e[?1049h\e[?25l";
    private const string LeaveAlternateScreen = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearBelow = "\e[J";

    private (long Version, int Width, int Height, int Page) _shown = (-1, 0, 0, 0);
    private int _page;

    public void Begin() => Print(EnterAlternateScreen);

    public void Refresh(WatchedCurves curves)
    {
        TurnPages();

        // The window size can change.
        Terminal now = Terminal.OfProcess();
        var shown = (curves.Version, now.Width, now.Height, _page);
        if (shown == _shown)
            return;
        _shown = shown;
        string frame = Frame(curves, style, now.Width - 1, now.Height - 1, terminal.UsesColor, _page);
        Print(Home + frame.Replace("\n", ClearLine + "\n", StringComparison.Ordinal) + ClearLine + ClearBelow);
    }

    public void End(WatchedCurves curves)
    {
        Print(LeaveAlternateScreen);
        terminal.WriteLine(Frame(curves, style, terminal.Width - 1, terminal.Height - 1, terminal.UsesColor, _page));
    }

    /// <summary>Returns as many charts as fit, and a hint how to see the others.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="style">How they are drawn.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="color">Whether to use colors.</param>
    /// <param name="page">The page; any number, as the first follows the last.</param>
    internal static string Frame(WatchedCurves curves, CurveStyle style, int width, int height, bool color, int page = 0)
    {
        List<(string Tag, List<ScalarSeries> Curves)> tags = curves.Snapshot();
        if (tags.Count == 0)
            return "Waiting for the first point. Press Ctrl-C to exit.";

        ChartGrid grid = ChartGrid.Of(tags.Count, width, height - 1);
        int pages = (tags.Count + grid.Capacity - 1) / grid.Capacity;
        int first = (((page % pages) + pages) % pages) * grid.Capacity;
        var shown = tags.Skip(first).Take(grid.Capacity).ToList();
        List<string> lines = grid.Lines(
            shown.Select(tag => CurveChart.Of(tag.Tag, tag.Curves, grid.ChartWidth, grid.PlotHeight, style)), color);

        long points = tags.Sum(tag => tag.Curves.Sum(curve => (long)curve.Count));
        var last = new StringBuilder(Shown.Count(points, "point"));
        if (pages > 1)
        {
            string range = shown.Count > 1 ? $"tags {first + 1}–{first + shown.Count}" : $"tag {first + 1}";
            last.Append($" · {range} of {Shown.Count(tags.Count)}: n, p turn pages");
        }

        last.Append(" · Ctrl-C to exit");
        return string.Join('\n', lines.Take(height - 1).Append(last.ToString()));
    }

    private void TurnPages()
    {
        // Reading keys that are redirected would fail.
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            switch (Console.ReadKey(intercept: true).Key)
            {
                case ConsoleKey.N or ConsoleKey.Spacebar or ConsoleKey.RightArrow or ConsoleKey.PageDown:
                    _page++;
                    break;
                case ConsoleKey.P or ConsoleKey.LeftArrow or ConsoleKey.PageUp:
                    _page--;
                    break;
            }
        }
    }

    private void Print(string text)
    {
        terminal.Output.Write(text);
        terminal.Output.Flush();
    }
}
