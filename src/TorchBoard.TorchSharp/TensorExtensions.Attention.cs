using System.Globalization;
using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    /// <summary>
    /// Adds how much each token attends to each other to the Images dashboard: labeled heatmaps, <c>tag/mean</c> over
    /// the heads, and <c>tag/head0</c> and so on where there is more than one. Rows are the tokens that attend, columns
    /// those attended to. Vaswani et al., "Attention Is All You Need", 2017.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">
    /// The tag, such as <c>attention/layer0</c>; of several inputs, <c>/0</c> and so on follows.
    /// </param>
    /// <param name="weights">
    /// The weights after softmax, 0 to 1: [T, S] of one head, [heads, T, S], or [N, heads, T, S] of several inputs.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="queries">What the T tokens that attend are called, such as words; their numbers by default.</param>
    /// <param name="keys">
    /// What the S tokens attended to are called; by default as <paramref name="queries"/> where there are as many.
    /// </param>
    /// <remarks>
    /// TorchSharp's MultiheadAttention returns weights averaged over its heads;
    /// <see cref="ModelAttention.Of"/> has them head by head.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, the tensor cannot be read, is of another rank or holds a number
    /// that is not finite, or there are not as many names as tokens.
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
                "Attention is [T, S], [heads, T, S] or [N, heads, T, S]; the shape is "
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
