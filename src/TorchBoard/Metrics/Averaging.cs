namespace TorchBoard.Metrics;

/// <summary>How values of several classes are averaged.</summary>
public enum Averaging
{
    /// <summary>All decisions are counted together, regardless of class.</summary>
    Micro,

    /// <summary>The mean over classes with equal weights; classes that never occur are omitted.</summary>
    Macro,

    /// <summary>The mean over classes, weighted by the number of items of each class.</summary>
    Weighted,
}
