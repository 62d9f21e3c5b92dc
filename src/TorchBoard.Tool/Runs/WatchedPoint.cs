namespace TorchBoard.Tool.Runs;

/// <summary>
/// The last point of a watched curve, the number of its points, and the number of points since the last refresh.
/// </summary>
internal sealed record WatchedPoint(
    string Run, string Tag, long Step, double Value, double WallTime, int Points, int NewPoints);
