namespace TorchBoard.Imaging;

/// <summary>
/// The input normalization that a network was trained with: each channel minus its mean, divided by its standard
/// deviation. Immutable and thread-safe.
/// </summary>
public sealed class ChannelNormalization
{
    internal const int UsualShorterSide = 256;
    private const int UsualSide = 224;

    private readonly float[] _means;
    private readonly float[] _deviations;

    /// <summary>Initializes a normalization.</summary>
    /// <param name="means">The mean of each channel, for pixels from 0 to 1; finite.</param>
    /// <param name="deviations">The standard deviation of each channel; finite and greater than 0.</param>
    /// <exception cref="ArgumentException">
    /// There is no channel, the numbers of means and deviations differ, or a value is out of range.
    /// </exception>
    public ChannelNormalization(ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        if (means.IsEmpty)
            throw new ArgumentException("There must be at least one channel; was 0.", nameof(means));
        if (means.Length != deviations.Length)
        {
            throw new ArgumentException(
                $"There must be as many deviations as means, {means.Length}; was {deviations.Length}.",
                nameof(deviations));
        }

        for (int c = 0; c < means.Length; c++)
        {
            if (!float.IsFinite(means[c]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Means must be finite; mean {c} is {means[c]}."), nameof(means));
            }

            if (deviations[c] is not (> 0 and < float.PositiveInfinity))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Deviations must be finite and greater than 0; deviation {c} is {deviations[c]}."),
                    nameof(deviations));
            }
        }

        _means = means.ToArray();
        _deviations = deviations.ToArray();
    }

    /// <summary>
    /// The normalization of networks trained on ImageNet: means 0.485, 0.456, 0.406, deviations 0.229, 0.224, 0.225.
    /// </summary>
    public static ChannelNormalization ImageNet { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>The mean of each channel.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>The standard deviation of each channel.</summary>
    public ReadOnlySpan<float> Deviations => _deviations;

    /// <summary>Normalizes pixels.</summary>
    /// <param name="pixels">The pixels, 0 to 1 per channel.</param>
    /// <param name="shape">Their shape: [channels, height, width] or [pictures, channels, height, width].</param>
    /// <returns>A new array of the same shape.</returns>
    /// <exception cref="ArgumentException">The shape does not match the pixels or the channels.</exception>
    public float[] Apply(ReadOnlySpan<float> pixels, ReadOnlySpan<int> shape) =>
        Each(pixels, shape, (value, c) => (value - _means[c]) / _deviations[c]);

    /// <summary>Reverses the normalization, so that the pixels can be shown.</summary>
    /// <param name="pixels">The normalized pixels.</param>
    /// <param name="shape">Their shape: [channels, height, width] or [pictures, channels, height, width].</param>
    /// <returns>A new array of the same shape; 0 to 1 if the original pixels were in that range.</returns>
    /// <exception cref="ArgumentException">The shape does not match the pixels or the channels.</exception>
    public float[] Invert(ReadOnlySpan<float> pixels, ReadOnlySpan<int> shape) =>
        Each(pixels, shape, (value, c) => (value * _deviations[c]) + _means[c]);

    /// <summary>
    /// Creates the standard network input from a picture: resizes it, crops its center and normalizes it.
    /// </summary>
    /// <param name="picture">The picture; its channels must match this normalization.</param>
    /// <param name="shorterSide">The size of the shorter side after resizing; 256 by default.</param>
    /// <param name="side">
    /// Rows and columns of the center crop; 1 to <paramref name="shorterSide"/>, 224 by default.
    /// </param>
    /// <returns>The input, shape [channels, side, side].</returns>
    /// <exception cref="ArgumentException">The picture has other channels, or a size is out of range.</exception>
    public float[] Prepare(Picture picture, int shorterSide = UsualShorterSide, int side = UsualSide)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Channels != _means.Length)
        {
            throw new ArgumentException(
                $"The picture must have {_means.Length} channels, like the normalization; was {picture.Channels}.",
                nameof(picture));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, shorterSide);
        Picture cut = picture.ResizeShorterSide(shorterSide).CenterCrop(side, side);
        return Apply(cut.ToFloats(ImageLayout.Chw), [picture.Channels, side, side]);
    }

    /// <summary>Creates a picture from a network's input.</summary>
    /// <param name="input">The normalized pixels.</param>
    /// <param name="shape">Their shape: [channels, height, width].</param>
    /// <exception cref="ArgumentException">The shape does not match the pixels or the channels.</exception>
    public Picture ToPicture(ReadOnlySpan<float> input, ReadOnlySpan<int> shape) =>
        Picture.FromPixels(Invert(input, shape), ImageLayout.Chw, shape);

    private float[] Each(ReadOnlySpan<float> pixels, ReadOnlySpan<int> shape, Func<float, int, float> change)
    {
        PlaneShape planes = PlaneShape.Of(shape, pixels.Length, nameof(shape));
        if (shape.Length is not (3 or 4) || shape[^3] != _means.Length)
        {
            throw new ArgumentException(
                $"The shape must be [channels, height, width] or [pictures, channels, height, width] with "
                + $"{_means.Length} channels; was [{string.Join(", ", shape.ToArray())}].",
                nameof(shape));
        }

        float[] changed = new float[pixels.Length];
        for (int i = 0; i < changed.Length; i++)
            changed[i] = change(pixels[i], i / planes.Length % _means.Length);
        return changed;
    }
}
