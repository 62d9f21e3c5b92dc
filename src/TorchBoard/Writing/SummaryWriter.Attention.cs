using System.Numerics.Tensors;
using TorchBoard.Figures;
using TorchBoard.Interpretation;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>The maximum number of tokens for which cells show their weights.</summary>
    private const int TokensWithNumbers = 10;

    /// <summary>
    /// Adds the attention between tokens to the Images dashboard: labeled heatmaps <c>tag/mean</c> (the mean of all
    /// heads) and, if there is more than one head, <c>tag/head0</c>, <c>tag/head1</c>, ….
    /// </summary>
    /// <param name="tag">The common prefix of the tags, such as <c>attention/layer0</c>.</param>
    /// <param name="attention">
    /// The weights of each head; all heads share one color scale, from 0 to the largest weight.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="queries">The tokens that attend, such as words, one per row; their indices by default.</param>
    /// <param name="keys">
    /// The tokens attended to, one per column; by default <paramref name="queries"/> if their number matches.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// Rows are the tokens that attend, columns the tokens attended to; the weights of a row sum to 1. With up to ten
    /// tokens, the cells show their weights. Vaswani et al., "Attention Is All You Need", 2017.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the number of tokens differs from
    /// the number of rows or columns.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddAttention(
        string tag, AttentionMaps attention, long step, IReadOnlyList<string>? queries = null,
        IReadOnlyList<string>? keys = null, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(attention);
        ThrowIfNotOneEach(queries, attention.Queries, nameof(queries));
        keys ??= attention.Keys == attention.Queries ? queries : null;
        ThrowIfNotOneEach(keys, attention.Keys, nameof(keys));
        double least = Math.Min(TensorPrimitives.Min(attention.Weights), 0);
        double greatest = TensorPrimitives.Max(attention.Weights);
        var options = new HeatmapOptions
        {
            RowNames = queries,
            ColumnNames = keys,
            Range = (least, greatest > least ? greatest : least + 1),
            CellFormat = Math.Max(attention.Queries, attention.Keys) <= TokensWithNumbers ? "0.00" : null,
            SquareCells = attention.Queries == attention.Keys,
            ColorLabel = "weight",
        };

        string mean = attention.Heads == 1 ? "Attention" : $"Attention, mean of {attention.Heads} heads";
        AddMap("mean", mean, attention.Mean());
        for (int head = 0; head < attention.Heads && attention.Heads > 1; head++)
            AddMap($"head{head}", $"Attention, head {head}", attention.Head(head));

        void AddMap(string name, string title, Attribution map) => AddFigure(
            $"{tag}/{name}",
            new Figure { Title = title, XLabel = "attended to", YLabel = "attends" }
                .Heatmap(map.Values, attention.Queries, attention.Keys, options),
            step,
            wallTime: wallTime);
    }

    private static void ThrowIfNotOneEach(IReadOnlyList<string>? tokens, int wanted, string argument)
    {
        if (tokens is not null && tokens.Count != wanted)
            throw new ArgumentException($"Expected {wanted} tokens, got {tokens.Count}.", argument);
    }
}
