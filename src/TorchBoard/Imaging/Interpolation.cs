namespace TorchBoard.Imaging;

/// <summary>How <see cref="Resampling"/> computes values between existing ones.</summary>
public enum Interpolation
{
    /// <summary>
    /// Between the four nearest pixels, with each value at the center of its pixel, as in OpenCV's resize and PyTorch's
    /// interpolate with <c>align_corners=False</c>. Edge values extend to the border.
    /// </summary>
    Bilinear,

    /// <summary>
    /// Between the four nearest pixels, with the corner values at the corners: <c>align_corners=True</c>.
    /// </summary>
    BilinearAlignedCorners,

    /// <summary>
    /// Bilinear; if the result is smaller, the triangle-weighted mean of all pixels that a new pixel covers, so that no
    /// pixel is skipped, as torchvision and Pillow resize photographs.
    /// </summary>
    BilinearAntialiased,

    /// <summary>
    /// The value of the pixel that contains the new pixel's upper-left corner: PyTorch's <c>nearest</c>.
    /// </summary>
    Nearest,
}
