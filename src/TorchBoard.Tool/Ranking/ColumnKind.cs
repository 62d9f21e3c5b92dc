namespace TorchBoard.Tool.Ranking;

/// <summary>What a column shows.</summary>
internal enum ColumnKind
{
    Run,
    Hyperparameter,
    Metric,
}
