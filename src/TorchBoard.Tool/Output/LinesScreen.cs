using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Output;

/// <summary>Writes one line for each curve that has grown, for files and pipes.</summary>
internal sealed class LinesScreen(Terminal terminal) : IWatchScreen
{
    public void Begin()
    {
    }

    public void Refresh(WatchedCurves curves)
    {
        foreach (WatchedPoint point in curves.TakeNews())
        {
            string more = point.NewPoints > 1 ? $"  (+{Shown.Count(point.NewPoints)} points)" : "";
            terminal.WriteLine(
                $"{Shown.Time(point.WallTime)}  {Printable.Line(point.Run)}  {Printable.Line(point.Tag)}  "
                + $"step {Shown.Step(point.Step)}  {Shown.Exact(point.Value)}{more}");
        }

        terminal.Output.Flush();
    }

    public void End(WatchedCurves curves) => Refresh(curves);
}
