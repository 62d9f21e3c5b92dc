namespace TorchBoard.Imaging;

/// <summary>
/// What a network was trained with: each channel less its mean, divided by its standard deviation. It never changes,
/// so threads may share it.
/// </summary>
public sealed class ChannelNormalization
{
    internal const int UsualShorterSide = 256;
    private const int UsualSide = 224;

    private readonly float[] _means;
    private readonly float[] _deviations;

    /// <summary>Makes a normalization.</summary>
    /// <param name="means">The mean of each channel, of pixels from 0 to 1; finite.</param>
    /// <param name="deviations">The standard deviation of each; finite and greater than 0.</param>
    /// <exception cref="ArgumentException">
    /// There is no channel, the numbers are not as many, or one is out of its range.
    /// </exception>
    public ChannelNormalization(ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        if (means.IsEmpty)
            throw new ArgumentException("There is no channel; at least one is wanted.", nameof(means));
        if (means.Length != deviations.Length)
        {
            throw new ArgumentException(
                $"{means.Length} means have {deviations.Length} deviations.", nameof(deviations));
        }

        for (int c = 0; c < means.Length; c++)
        {
            if (!float.IsFinite(means[c]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Mean {c} is {means[c]}; a finite one is wanted."), nameof(means));
            }

            if (deviations[c] is not (> 0 and < float.PositiveInfinity))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Deviation {c} is {deviations[c]}; a finite one greater than 0 is wanted."),
                    nameof(deviations));
            }
        }

        _means = means.ToArray();
        _deviations = deviations.ToArray();
    }

    /// <summary>
    /// That of networks trained on ImageNet: means 0.485, 0.456, 0.406, deviations 0.229, 0.224, 0.225.
    /// </summary>
    public static ChannelNormalization ImageNet { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>The mean of each channel.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>The standard deviation of each channel.</summary>
    public ReadOnlySpan<float> Deviations => _deviations;

    /// <summary>Normalizes pixels.</summary>
    /// <param name="pixels">The pixels, 0 to 1 a channel.</param>
    /// <param name="shape">Their shape: [channels, height, width] or [pictures, channels, height, width].</param>
    /// <returns>A new array of the same shape.</returns>
    /// <exception cref="ArgumentException">The shape does not fit the pixels or the channels.</exception>
    public float[] Apply(ReadOnlySpan<float> pixels, ReadOnlySpan<int> shape) =>
        Each(pixels, shape, (value, c) => (value - _means[c]) / _deviations[c]);

    /// <summary>Undoes the normalization, so that pixels can be shown.</summary>
    /// <param name="pixels">The normalized pixels.</param>
    /// <param name="shape">Their shape: [channels, height, width] or [pictures, channels, height, width].</param>
    /// <returns>A new array of the same shape; 0 to 1 where the pixels were so before.</returns>
    /// <exception cref="ArgumentException">The shape does not fit the pixels or the channels.</exception>
    public float[] Invert(ReadOnlySpan<float> pixels, ReadOnlySpan<int> shape) =>
        Each(pixels, shape, (value, c) => (value * _deviations[c]) + _means[c]);

    /// <summary>
    /// Makes the usual input of a network of a picture: resized, cut out of the middle and normalized.
    /// </summary>
    /// <param name="picture">The picture, of as many channels as this has.</param>
    /// <param name="shorterSide">What its shorter side is resized to; 256 by default.</param>
    /// <param name="side">
    /// Rows and columns that are cut out of the middle; 1 to the shorter side, 224 by default.
    /// </param>
    /// <returns>The input, shape [channels, side, side].</returns>
    /// <exception cref="ArgumentException">The picture has other channels, or a size is out of its range.</exception>
    public float[] Prepare(Picture picture, int shorterSide = UsualShorterSide, int side = UsualSide)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Channels != _means.Length)
        {
            throw new ArgumentException(
                $"The picture has {picture.Channels} channels; the normalization {_means.Length}.", nameof(picture));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, shorterSide);
        Picture cut = picture.ResizeShorterSide(shorterSide).CenterCrop(side, side);
        return Apply(cut.ToFloats(ImageLayout.Chw), [picture.Channels, side, side]);
    }

    /// <summary>Makes a picture of a network's input.</summary>
    /// <param name="input">The normalized pixels.</param>
    /// <param name="shape">Their shape: [channels, height, width].</param>
    /// <exception cref="ArgumentException">The shape does not fit the pixels or the channels.</exception>
    public Picture ToPicture(ReadOnlySpan<float> input, ReadOnlySpan<int> shape) =>
        Picture.FromPixels(Invert(input, shape), ImageLayout.Chw, shape);

    private float[] Each(ReadOnlySpan<float> pixels, ReadOnlySpan<int> shape, Func<float, int, float> change)
    {
        PlaneShape planes = PlaneShape.Of(shape, pixels.Length, nameof(shape));
        if (shape.Length is not (3 or 4) || shape[^3] != _means.Length)
        {
            throw new ArgumentException(
                $"[channels, height, width] with {_means.Length} channels are wanted, or a batch of such; the shape is "
                + $"[{string.Join(", ", shape.ToArray())}].",
                nameof(shape));
        }

        float[] changed = new float[pixels.Length];
        for (int i = 0; i < changed.Length; i++)
            changed[i] = change(pixels[i], i / planes.Length % _means.Length);
        return changed;
    }
}
