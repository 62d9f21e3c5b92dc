namespace TorchBoard.Imaging;

/// <summary>
/// The order of an array's dimensions: N pictures, C channels, H rows, W columns. The last dimension varies fastest.
/// Channels are 1 (gray), 2 (gray, alpha), 3 (red, green, blue) or 4 (red, green, blue, alpha).
/// </summary>
public enum ImageLayout
{
    /// <summary>Rows, columns: one gray picture.</summary>
    Hw,

    /// <summary>Channels, rows, columns: PyTorch's order.</summary>
    Chw,

    /// <summary>Rows, columns, channels: the order of most imaging libraries.</summary>
    Hwc,

    /// <summary>Pictures, rows, columns: a batch of gray pictures.</summary>
    Nhw,

    /// <summary>Pictures, channels, rows, columns: PyTorch's order.</summary>
    Nchw,

    /// <summary>Pictures, rows, columns, channels.</summary>
    Nhwc,
}
