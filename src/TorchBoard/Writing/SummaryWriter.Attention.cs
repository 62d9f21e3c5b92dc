using System.Numerics.Tensors;
using TorchBoard.Figures;
using TorchBoard.Interpretation;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Of more tokens, the weights are not written into the cells.</summary>
    private const int TokensWithNumbers = 10;

    /// <summary>
    /// Adds how much each token attends to each other to the Images dashboard: labeled heatmaps,
    /// <c>tag/mean</c> over the heads, and <c>tag/head0</c>, <c>tag/head1</c>, … where there is more than one.
    /// </summary>
    /// <param name="tag">The tag that these stand below, such as <c>attention/layer0</c>.</param>
    /// <param name="attention">The weights of each head; on one scale of colors, from 0 to the greatest.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="queries">The tokens that attend, such as words, one for each row; their numbers by default.</param>
    /// <param name="keys">
    /// The tokens attended to, one for each column; by default as <paramref name="queries"/> where there are as many.
    /// </param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>
    /// Rows are the tokens that attend, columns those attended to; the weights of a row sum to 1. Of up to ten tokens,
    /// the cells have their weights written in them. Vaswani et al., "Attention Is All You Need", 2017.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, or there are other than one token for each row or column.
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
            throw new ArgumentException($"{wanted} tokens are wanted, one each; {tokens.Count} given.", argument);
    }
}
