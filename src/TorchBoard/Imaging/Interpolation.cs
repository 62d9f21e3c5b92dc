namespace TorchBoard.Imaging;

/// <summary>How <see cref="Resampling"/> finds values between those that are there.</summary>
public enum Interpolation
{
    /// <summary>
    /// Between the four nearest, pixels being squares with the value in their centers: what OpenCV's resize does, and
    /// PyTorch's interpolate with <c>align_corners=False</c>. Values near the edges are those at the edges.
    /// </summary>
    Bilinear,

    /// <summary>
    /// Between the four nearest, the corners' values staying at the corners: <c>align_corners=True</c>.
    /// </summary>
    BilinearAlignedCorners,

    /// <summary>
    /// Bilinear; where the result is smaller, the mean over all that a new pixel covers, weighted by a triangle, so
    /// that nothing is lost between the pixels: what torchvision and Pillow do with photographs.
    /// </summary>
    BilinearAntialiased,

    /// <summary>
    /// The value of the pixel that the new pixel's upper left corner lies in: PyTorch's <c>nearest</c>.
    /// </summary>
    Nearest,
}
