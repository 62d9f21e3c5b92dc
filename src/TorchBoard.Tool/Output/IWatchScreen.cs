using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Output;

/// <summary>Shows curves that grow.</summary>
internal interface IWatchScreen
{
    void Begin();

    void Refresh(WatchedCurves curves);

    void End(WatchedCurves curves);
}
