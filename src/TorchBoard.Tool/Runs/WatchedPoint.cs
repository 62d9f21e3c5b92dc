namespace TorchBoard.Tool.Runs;

/// <summary>
/// The last point of a curve that is watched, how many points the curve has, and how many of them came since the last
/// one was shown.
/// </summary>
internal sealed record WatchedPoint(
    string Run, string Tag, long Step, double Value, double WallTime, int Points, int NewPoints);
