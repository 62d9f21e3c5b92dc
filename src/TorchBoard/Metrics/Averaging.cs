namespace TorchBoard.Metrics;

/// <summary>How the numbers of classes become one.</summary>
public enum Averaging
{
    /// <summary>All decisions are counted together, whatever the class.</summary>
    Micro,

    /// <summary>The mean over classes, each counting the same; classes that never occur are left out.</summary>
    Macro,

    /// <summary>The mean over classes, each counting as often as it is true.</summary>
    Weighted,
}
