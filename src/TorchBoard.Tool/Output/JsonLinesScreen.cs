using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Output;

/// <summary>Writes one line of JSON for each curve that has grown.</summary>
internal sealed class JsonLinesScreen(Terminal terminal) : IWatchScreen
{
    public void Begin()
    {
    }

    public void Refresh(WatchedCurves curves)
    {
        foreach (WatchedPoint point in curves.TakeNews())
            terminal.WriteJson(point);
        terminal.Output.Flush();
    }

    public void End(WatchedCurves curves) => Refresh(curves);
}
