namespace TorchBoard.Metrics;

/// <summary>How much a wrong class counts in <see cref="ConfusionMatrix.CohenKappa"/>.</summary>
public enum Disagreement
{
    /// <summary>Every wrong class counts 1.</summary>
    Equal,

    /// <summary>A wrong class counts its distance from the true one, for ordered classes such as grades.</summary>
    Linear,

    /// <summary>A wrong class counts its squared distance from the true one.</summary>
    Quadratic,
}
