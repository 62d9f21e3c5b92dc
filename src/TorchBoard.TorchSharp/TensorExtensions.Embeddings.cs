using System.Globalization;
using TorchBoard.Embeddings;
using TorchBoard.Imaging;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    /// <summary>
    /// Adds vectors to the Projector dashboard, which shows them as points in two or three dimensions.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>penultimate layer</c>.</param>
    /// <param name="vectors">
    /// The vectors, all values finite: shape [vectors, dimensions], with at least 2 dimensions.
    /// </param>
    /// <param name="step">The step; any 64-bit number. Each step of a tag is a separate embedding.</param>
    /// <param name="options">Labels, columns of metadata and pictures, one per vector.</param>
    /// <param name="labels">
    /// A number for each vector, such as its class, instead of labels in <paramref name="options"/>.
    /// </param>
    /// <param name="pictures">
    /// A small picture for each vector, instead of pictures in <paramref name="options"/>: floats from 0 to 1, or
    /// integers from 0 to 255.
    /// </param>
    /// <param name="layout">The order of the pictures' dimensions: Nchw (the default), Nhwc or Nhw.</param>
    /// <remarks>The arguments are copied; the projector's files are written in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// See <see cref="SummaryWriter.AddEmbedding{T}(string, ReadOnlySpan{T}, long, int, EmbeddingOptions?)"/>; or a
    /// tensor cannot be read or has another shape, or labels or pictures are specified twice.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddEmbedding(
        this SummaryWriter writer, string tag, Tensor vectors, long step, EmbeddingOptions? options = null,
        Tensor? labels = null, Tensor? pictures = null, ImageLayout layout = ImageLayout.Nchw)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (TensorArgument.ShapeOf(vectors, nameof(vectors)) is not [int count, int dimensions] || dimensions < 2)
        {
            throw new ArgumentException(
                "The shape must be [vectors, dimensions], with at least 2 dimensions; was "
                + $"{TensorArgument.ShapeText(vectors)}.",
                nameof(vectors));
        }

        options ??= new EmbeddingOptions();
        if (labels is not null)
        {
            if (options.Labels is not null)
                throw new ArgumentException("The options already have labels.", nameof(labels));
            options = options with { Labels = TextsOf(labels, count) };
        }

        if (pictures is not null)
        {
            if (options.Sprites is not null)
                throw new ArgumentException("The options already have pictures.", nameof(pictures));
            options = options with { Sprites = SpritesOf(pictures, layout, count) };
        }

        using var host = new HostTensor(vectors, ScalarType.Float32);
        writer.AddEmbedding(tag, host.Values<float>(), step, dimensions, options);
    }

    private static string[] TextsOf(Tensor labels, int count)
    {
        ThrowIfOtherCount(labels, count, nameof(labels));
        bool isInteger = !TensorArgument.IsFloatingPoint(labels.dtype);
        using var host = new HostTensor(labels, isInteger ? ScalarType.Int64 : ScalarType.Float32);
        return isInteger ? TextsOf(host.Values<long>()) : TextsOf(host.Values<float>());
    }

    private static string[] TextsOf<T>(ReadOnlySpan<T> numbers)
        where T : IFormattable
    {
        string[] texts = new string[numbers.Length];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = numbers[i].ToString(null, CultureInfo.InvariantCulture);
        return texts;
    }

    private static EmbeddingSprites SpritesOf(Tensor pictures, ImageLayout layout, int count)
    {
        int[] shape = TensorArgument.ShapeOf(pictures, layout, nameof(pictures));
        if (shape[0] != count)
            throw new ArgumentException($"Expected {count} pictures, one each; got {shape[0]}.", nameof(pictures));
        using HostTensor host = HostTensor.OfPixels(pictures);
        return host.Type == ScalarType.Byte
            ? EmbeddingSprites.Of(host.Values<byte>(), layout, shape)
            : EmbeddingSprites.Of(host.Values<float>(), layout, shape);
    }

    private static void ThrowIfOtherCount(Tensor tensor, long count, string argument)
    {
        TensorArgument.ThrowIfUnreadable(tensor, argument);
        if (tensor.NumberOfElements != count)
        {
            throw new ArgumentException(
                $"The tensor must have {count} values; its shape is {TensorArgument.ShapeText(tensor)}.", argument);
        }
    }
}
