namespace TorchBoard.Imaging;

/// <summary>The attributions that an <see cref="AttributionMap"/> shows, after summing over channels.</summary>
public enum AttributionSign
{
    /// <summary>Positive and negative attributions, -1 to 1.</summary>
    Both,

    /// <summary>Positive attributions, 0 to 1.</summary>
    Positive,

    /// <summary>Magnitudes of negative attributions, 0 to 1.</summary>
    Negative,

    /// <summary>Magnitudes of all attributions, 0 to 1.</summary>
    Absolute,
}
