namespace TorchBoard.Tool.Ranking;

/// <summary>The value of a curve that counts.</summary>
internal enum MetricChoice
{
    Last,
    Min,
    Max,
    AtStep,

    /// <summary>The greatest where more is asked for, the least where less is.</summary>
    Best,
}
