namespace TorchBoard.Interpretation;

/// <summary>
/// A layer's activations for a picture or a batch, and the gradients of the score with respect to them. Immutable,
/// thread-safe.
/// </summary>
public sealed class LayerActivations
{
    private readonly float[] _activations;
    private readonly float[]? _gradients;

    /// <summary>Initializes activations from planes, as convolutions output them.</summary>
    /// <param name="activations">The layer's outputs, in the order of the shape; copied.</param>
    /// <param name="gradients">
    /// The gradients of the score with respect to the activations. Empty if there are none; EigenCAM, ScoreCAM,
    /// AblationCAM and CAM do not need them.
    /// </param>
    /// <param name="shape">[C, H, W], or [N, C, H, W] for a batch.</param>
    /// <exception cref="ArgumentException">
    /// The shape has another rank or does not match the number of values, or a value is not finite.
    /// </exception>
    public LayerActivations(ReadOnlySpan<float> activations, ReadOnlySpan<float> gradients, ReadOnlySpan<int> shape)
        : this(Planes(shape, activations.Length), activations.ToArray(), Gradients(gradients, activations.Length))
    {
        IsBatch = shape.Length == 4;
    }

    private LayerActivations(int[] sizes, float[] activations, float[]? gradients)
    {
        Argument.Finite(activations, nameof(activations));
        Argument.Finite(gradients, nameof(gradients));
        _activations = activations;
        _gradients = gradients;
        (Count, Channels, Height, Width) = (sizes[0], sizes[1], sizes[2], sizes[3]);
    }

    /// <summary>Number of pictures: N, or 1.</summary>
    public int Count { get; }

    /// <summary>Number of channels, C.</summary>
    public int Channels { get; }

    /// <summary>Number of rows of a channel, H.</summary>
    public int Height { get; }

    /// <summary>Number of columns of a channel, W.</summary>
    public int Width { get; }

    /// <summary>
    /// Whether the shape has a batch dimension. Maps then have the shape [N, H, W], otherwise [H, W].
    /// </summary>
    public bool IsBatch { get; private init; }

    /// <summary>Whether there are gradients.</summary>
    public bool HasGradients => _gradients is not null;

    internal int Area => Height * Width;

    /// <summary>The shape of maps of the layer.</summary>
    internal int[] MapShape => IsBatch ? [Count, Height, Width] : [Height, Width];

    internal int Length => Channels * Area;

    /// <summary>
    /// Converts the tokens of a transformer: patch tokens become positions of planes, and features become channels. The
    /// class token and other leading tokens are dropped.
    /// </summary>
    /// <param name="activations">The block's outputs, token by token; copied.</param>
    /// <param name="gradients">The gradients of the score with respect to the outputs; empty if there are none.</param>
    /// <param name="shape">[T, D], tokens and features, or [N, T, D] for a batch.</param>
    /// <param name="height">
    /// Rows of patches; 0, the default, derives it from the number of patches (square if the width is 0 too).
    /// </param>
    /// <param name="width">
    /// Columns of patches; 0, the default, derives it from the number of patches (square if the height is 0 too).
    /// </param>
    /// <param name="leadingTokens">Number of tokens before the patch tokens; 1 by default.</param>
    /// <returns>Activations of shape [D, height, width], or [N, D, height, width].</returns>
    /// <exception cref="ArgumentException">
    /// The shape has another rank, or the number of tokens is not <paramref name="leadingTokens"/> + height × width.
    /// </exception>
    public static LayerActivations FromTokens(
        ReadOnlySpan<float> activations, ReadOnlySpan<float> gradients, ReadOnlySpan<int> shape,
        int height = 0, int width = 0, int leadingTokens = 1)
    {
        if (shape.Length is not (2 or 3))
        {
            throw new ArgumentException(
                $"The shape of tokens must be [T, D] or [N, T, D]; was {Argument.Text(shape)}.", nameof(shape));
        }

        Argument.Shape(shape, activations.Length, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfNegative(leadingTokens);
        (int tokens, int features) = (shape[^2], shape[^1]);
        int patches = tokens - leadingTokens;
        if (height == 0 && width == 0)
            height = (int)Math.Round(Math.Sqrt(Math.Max(patches, 1)));
        if (width == 0)
            width = Math.Max(patches / height, 1);
        if (height == 0)
            height = Math.Max(patches / width, 1);
        if ((long)height * width != patches)
        {
            throw new ArgumentException(
                $"{leadingTokens} leading tokens and {height} × {width} patches are "
                + $"{leadingTokens + ((long)height * width)} tokens; the shape {Argument.Text(shape)} has {tokens}. "
                + "Specify matching values of height, width and leadingTokens.",
                nameof(shape));
        }

        int count = shape.Length == 3 ? shape[0] : 1;
        float[]? checkedGradients = Gradients(gradients, activations.Length);
        return new LayerActivations(
            [count, features, height, width],
            PlanesOf(activations),
            checkedGradients is null ? null : PlanesOf(checkedGradients))
        {
            IsBatch = shape.Length == 3,
        };

        float[] PlanesOf(ReadOnlySpan<float> values)
        {
            float[] planes = new float[count * features * patches];
            for (int n = 0; n < count; n++)
            {
                for (int p = 0; p < patches; p++)
                {
                    for (int f = 0; f < features; f++)
                    {
                        planes[(((n * features) + f) * patches) + p] =
                            values[(((n * tokens) + leadingTokens + p) * features) + f];
                    }
                }
            }

            return planes;
        }
    }

    internal ReadOnlySpan<float> ActivationsOf(int picture) => _activations.AsSpan(picture * Length, Length);

    /// <summary>Returns the gradients of a picture.</summary>
    /// <exception cref="ArgumentException">There are no gradients.</exception>
    internal ReadOnlySpan<float> GradientsOf(int picture, CamMethod method) =>
        _gradients is not null
            ? _gradients.AsSpan(picture * Length, Length)
            : throw new ArgumentException(
                $"{method} needs the layer's gradients; none were given. EigenCam, ScoreCam and AblationCam need none.",
                nameof(method));

    private static float[]? Gradients(ReadOnlySpan<float> gradients, int length)
    {
        if (gradients.IsEmpty)
            return null;
        Argument.Length(gradients.Length, length, nameof(gradients), "one per activation, or none");
        return gradients.ToArray();
    }

    private static int[] Planes(ReadOnlySpan<int> shape, int length)
    {
        if (shape.Length is not (3 or 4))
        {
            throw new ArgumentException(
                $"The shape of a layer's activations must be [C, H, W] or [N, C, H, W]; was {Argument.Text(shape)}. "
                + "For a transformer's tokens, [T, D] or [N, T, D], use LayerActivations.FromTokens. A fully connected "
                + "layer has no map: use the last convolution.",
                nameof(shape));
        }

        Argument.Shape(shape, length, nameof(shape));
        return shape.Length == 4 ? shape.ToArray() : [1, .. shape];
    }
}
