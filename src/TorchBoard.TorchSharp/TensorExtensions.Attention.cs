using System.Globalization;
using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    /// <summary>
    /// Adds attention weights to the Images dashboard as labeled heatmaps: the mean over the heads as <c>tag/mean</c>,
    /// and each head as <c>tag/head0</c> and so on if there are several. Rows are the tokens that attend, columns the
    /// tokens attended to. Vaswani et al., "Attention Is All You Need", 2017.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">
    /// The tag, such as <c>attention/layer0</c>; for several inputs, followed by <c>/0</c> and so on.
    /// </param>
    /// <param name="weights">
    /// The weights after softmax, 0 to 1: [T, S] for one head, [heads, T, S], or [N, heads, T, S] for several inputs.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="queries">The names of the T tokens that attend, such as words; token numbers by default.</param>
    /// <param name="keys">
    /// The names of the S tokens attended to; by default the same as <paramref name="queries"/> if the numbers match.
    /// </param>
    /// <remarks>
    /// TorchSharp's MultiheadAttention returns weights averaged over its heads; <see cref="ModelAttention.Of"/>
    /// computes each head.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the tensor cannot be read, has another rank or holds a value that
    /// is not finite, or the number of names is not the number of tokens.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddAttention(
        this SummaryWriter writer, string tag, Tensor weights, long step, IReadOnlyList<string>? queries = null,
        IReadOnlyList<string>? keys = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int[] shape = TensorArgument.ShapeOf(weights, nameof(weights));
        if (shape.Length is not (2 or 3 or 4))
        {
            throw new ArgumentException(
                "Attention weights must be [T, S], [heads, T, S] or [N, heads, T, S]; was "
                + $"{TensorArgument.ShapeText(weights)}.",
                nameof(weights));
        }

        int count = shape.Length == 4 ? shape[0] : 1;
        int heads = shape.Length == 2 ? 1 : shape[^3];
        using var host = new HostTensor(weights, ScalarType.Float32);
        ReadOnlySpan<float> values = host.Values<float>();
        int length = values.Length / count;
        for (int n = 0; n < count; n++)
        {
            var maps = new AttentionMaps(values.Slice(n * length, length), heads, shape[^2], shape[^1]);
            string one = count == 1 ? tag : string.Create(CultureInfo.InvariantCulture, $"{tag}/{n}");
            writer.AddAttention(one, maps, step, queries, keys);
        }
    }
}
