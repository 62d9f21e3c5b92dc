namespace TorchBoard.Imaging;

/// <summary>
/// The order of an array's dimensions: N videos, T frames, C channels, H rows, W columns. The last dimension varies
/// fastest. Channels are 1 (gray), 2 (gray, alpha), 3 (red, green, blue) or 4 (red, green, blue, alpha).
/// </summary>
public enum VideoLayout
{
    /// <summary>Frames, rows, columns: a gray video.</summary>
    Thw,

    /// <summary>Frames, rows, columns, channels.</summary>
    Thwc,

    /// <summary>Frames, channels, rows, columns.</summary>
    Tchw,

    /// <summary>Videos, frames, rows, columns, channels: a batch, shown as a grid.</summary>
    Nthwc,

    /// <summary>Videos, frames, channels, rows, columns: a batch, shown as a grid; PyTorch's order.</summary>
    Ntchw,
}
