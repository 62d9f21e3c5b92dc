using TorchBoard.Imaging;

namespace TorchBoard.Panels;

/// <summary>Grids of a convolutional layer's kernels and activations. Thread-safe.</summary>
public static class LayerPictures
{
    /// <summary>Default number of feature maps: 25, in rows of 5.</summary>
    public const int DefaultFeatureMaps = 25;

    private const int FeatureMapColumns = 5;
    private const int MostKernelInputs = 16;
    private const int MostKernels = 256;

    // Kernels are so small that a thin line between them looks like another row of pixels.
    private const int KernelPadding = 4;

    // Smaller pictures are hard to see.
    private const int LegibleFeatureMap = 48;
    private const int LegibleKernel = 32;

    /// <summary>Draws a layer's activations as a grid with a picture for each channel.</summary>
    /// <param name="activations">The layer's output for one input; any numbers.</param>
    /// <param name="shape">The shape: [channels, height, width], or [1, channels, height, width].</param>
    /// <param name="channels">
    /// Maximum number of channels to draw, starting with the first; at least 1, 25 by default.
    /// </param>
    /// <param name="options">
    /// Layout and scaling; by default 5 per row, each scaled separately, in <see cref="ColorMap.Viridis"/>, enlarged by
    /// a whole number so that small maps have at least 48 rows or columns.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The shape has another rank or does not match the number of activations, or an argument is out of range.
    /// </exception>
    public static Picture FeatureMaps(
        ReadOnlySpan<float> activations, ReadOnlySpan<int> shape, int channels = DefaultFeatureMaps,
        ImageGridOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (!(shape.Length == 3 || (shape.Length == 4 && shape[0] == 1)))
        {
            throw new ArgumentException(
                "The shape of one input's feature maps must be [channels, height, width]; was "
                + $"[{string.Join(", ", shape.ToArray())}]. "
                + "Select one input of a batch; reshape the tokens of a transformer to rows and columns.",
                nameof(shape));
        }

        PlaneShape planes = PlaneShape.Of(shape, activations.Length, nameof(shape));
        int drawn = Math.Min(planes.Count, channels);
        return ImageGrid.Draw(
            activations[..(drawn * planes.Length)], ImageLayout.Nhw, [drawn, planes.Height, planes.Width],
            options ?? new ImageGridOptions
            {
                Columns = FeatureMapColumns,
                NormalizeEach = true,
                ColorMap = ColorMap.Viridis,
                Scale = ScaleTo(LegibleFeatureMap, planes),
            });
    }

    /// <summary>
    /// Draws a convolution's kernels: in color if the layer takes three channels, otherwise in gray. If it takes more
    /// than one other number of channels, each output has a row with a picture for each input.
    /// </summary>
    /// <param name="weights">The weights; any numbers.</param>
    /// <param name="shape">The shape: [outputs, inputs, height, width].</param>
    /// <param name="options">
    /// Layout and scaling; by default all scaled together from black (smallest) to white (largest), 8 per row or one
    /// row per output, with 4 white pixels of padding, enlarged by a whole number so that small kernels have at least
    /// 32 rows or columns.
    /// </param>
    /// <remarks>At most 256 kernels are drawn, and at most the first 16 inputs of each.</remarks>
    /// <exception cref="ArgumentException">
    /// The shape has another rank or does not match the number of weights.
    /// </exception>
    public static Picture Kernels(
        ReadOnlySpan<float> weights, ReadOnlySpan<int> shape, ImageGridOptions? options = null)
    {
        if (shape.Length != 4)
        {
            throw new ArgumentException(
                "The shape of kernels must be [outputs, inputs, height, width]; was "
                + $"[{string.Join(", ", shape.ToArray())}].",
                nameof(shape));
        }

        PlaneShape planes = PlaneShape.Of(shape, weights.Length, nameof(shape));
        (int outputs, int inputs) = (shape[0], shape[1]);
        options ??= new ImageGridOptions
        {
            Columns = inputs is 1 or 3 ? ImageGridOptions.Default.Columns : Math.Min(inputs, MostKernelInputs),
            Normalize = true,
            Padding = KernelPadding,
            PaddingValue = 1,
            Scale = ScaleTo(LegibleKernel, planes),
        };
        if (inputs == 3)
        {
            int colors = Math.Min(outputs, MostKernels);
            return ImageGrid.Draw(
                weights[..(colors * 3 * planes.Length)], ImageLayout.Nchw,
                [colors, 3, planes.Height, planes.Width], options);
        }

        int drawnInputs = Math.Min(inputs, MostKernelInputs);
        int drawnOutputs = Math.Min(outputs, MostKernels / drawnInputs);
        int row = drawnInputs * planes.Length;
        float[] drawn = new float[drawnOutputs * row];
        for (int o = 0; o < drawnOutputs; o++)
            weights.Slice(o * inputs * planes.Length, row).CopyTo(drawn.AsSpan(o * row));
        return ImageGrid.Draw(
            drawn, ImageLayout.Nhw, [drawnOutputs * drawnInputs, planes.Height, planes.Width], options);
    }

    private static int ScaleTo(int legible, PlaneShape planes)
    {
        int size = Math.Max(planes.Height, planes.Width);
        return Math.Max(1, (legible + size - 1) / size);
    }
}
