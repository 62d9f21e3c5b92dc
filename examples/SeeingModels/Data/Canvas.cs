using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SeeingModels.Data;

/// <summary>Places digits on a black canvas in three equal channels, as networks for photos expect.</summary>
internal static class Canvas
{
    /// <summary>Width and height of a canvas with one digit.</summary>
    public const int Side = 48;

    /// <summary>Width and height of a digit on the canvas.</summary>
    public const int DigitSide = 32;

    private const int QuarterSide = 64;
    private const int Channels = 3;

    /// <summary>Enlarges pictures: [N, 1, 8, 8] to [N, 1, 32, 32].</summary>
    public static Tensor Enlarged(Tensor pictures) =>
        interpolate(pictures, size: [DigitSide, DigitSide], mode: InterpolationMode.Bilinear, align_corners: false);

    /// <summary>
    /// Returns a canvas for each picture, with the digit at a random position: [N, 1, 8, 8] to [N, 3, 48, 48].
    /// </summary>
    public static Tensor Anywhere(Tensor pictures, Random random)
    {
        Tensor digits = Enlarged(pictures);
        Tensor canvas = zeros(pictures.shape[0], 1, Side, Side);
        for (int n = 0; n < pictures.shape[0]; n++)
            Put(canvas[n], digits[n], random.Next(Side - DigitSide + 1), random.Next(Side - DigitSide + 1));
        return canvas.expand(-1, Channels, -1, -1).contiguous();
    }

    /// <summary>Returns a canvas with one picture in the middle: [1, 3, 48, 48].</summary>
    public static Tensor Centered(Tensor picture)
    {
        Tensor canvas = zeros(1, Side, Side);
        Put(canvas, Enlarged(picture)[0], (Side - DigitSide) / 2, (Side - DigitSide) / 2);
        return canvas.unsqueeze(0).expand(-1, Channels, -1, -1).contiguous();
    }

    /// <summary>Returns a larger canvas with four pictures in its quarters: [1, 3, 128, 128].</summary>
    public static Tensor Four(params ReadOnlySpan<Tensor> pictures)
    {
        Tensor canvas = zeros(1, 2 * QuarterSide, 2 * QuarterSide);
        for (int n = 0; n < pictures.Length; n++)
            Put(canvas, Enlarged(pictures[n])[0], Middle(n / 2), Middle(n % 2));
        return canvas.unsqueeze(0).expand(-1, Channels, -1, -1).contiguous();

        static int Middle(int quarter) => (quarter * QuarterSide) + ((QuarterSide - DigitSide) / 2);
    }

    private static void Put(Tensor canvas, Tensor digit, int top, int left) =>
        canvas.narrow(1, top, DigitSide).narrow(2, left, DigitSide).copy_(digit);
}
