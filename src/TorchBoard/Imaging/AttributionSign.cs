namespace TorchBoard.Imaging;

/// <summary>Which attributions an <see cref="AttributionMap"/> shows, after their sum over channels.</summary>
public enum AttributionSign
{
    /// <summary>Those for and those against, -1 to 1.</summary>
    Both,

    /// <summary>Those for, 0 to 1.</summary>
    Positive,

    /// <summary>Those against, by their magnitude, 0 to 1.</summary>
    Negative,

    /// <summary>The magnitude of all, 0 to 1.</summary>
    Absolute,
}
