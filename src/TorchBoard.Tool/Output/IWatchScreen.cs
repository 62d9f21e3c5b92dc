using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Output;

/// <summary>Shows growing curves.</summary>
internal interface IWatchScreen
{
    void Begin();

    void Refresh(WatchedCurves curves);

    void End(WatchedCurves curves);
}
