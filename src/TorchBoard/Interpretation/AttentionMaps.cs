using System.Numerics.Tensors;

namespace TorchBoard.Interpretation;

/// <summary>How much each token attends to each other token, per head. Immutable, thread-safe.</summary>
/// <remarks>Vaswani et al., "Attention Is All You Need", 2017.</remarks>
public sealed class AttentionMaps
{
    private readonly double[] _weights;

    /// <summary>Initializes the maps with the weights that a model computed.</summary>
    /// <param name="weights">The weights, finite; they are copied.</param>
    /// <param name="heads">Number of heads; at least 1.</param>
    /// <param name="queries">Number of tokens that attend; at least 1.</param>
    /// <param name="keys">Number of tokens attended to; at least 1.</param>
    /// <exception cref="ArgumentException">
    /// The number of weights is not heads × queries × keys, or a weight is not finite.
    /// </exception>
    public AttentionMaps(ReadOnlySpan<float> weights, int heads, int queries, int keys)
        : this(heads, queries, keys)
    {
        Argument.Shape([heads, queries, keys], weights.Length, nameof(weights));
        Argument.Finite(weights, nameof(weights));
        TensorPrimitives.ConvertTruncating<float, double>(weights, _weights);
    }

    private AttentionMaps(int heads, int queries, int keys)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(queries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keys, 1);
        (Heads, Queries, Keys) = (heads, queries, keys);
        _weights = new double[checked(heads * queries * keys)];
    }

    /// <summary>Number of heads.</summary>
    public int Heads { get; }

    /// <summary>Number of tokens that attend: the rows of a map.</summary>
    public int Queries { get; }

    /// <summary>Number of tokens attended to: the columns of a map.</summary>
    public int Keys { get; }

    /// <summary>All weights, 0 to 1, shape [Heads, Queries, Keys]. The weights of each query sum to 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>
    /// Computes the weights of scaled dot-product attention: the softmax over the keys of q·k/√(E/heads), where each
    /// head uses its own part of the features.
    /// </summary>
    /// <param name="queries">Projected queries, shape [T, E].</param>
    /// <param name="keys">Projected keys, shape [S, E].</param>
    /// <param name="features">E, the number of features of a token over all heads.</param>
    /// <param name="heads">Number of heads; must divide <paramref name="features"/>.</param>
    /// <param name="isCausal">
    /// Whether a token attends only to itself and the tokens before it; false by default.
    /// </param>
    /// <returns>Maps of T × S.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    public static AttentionMaps Of(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> keys, int features, int heads, bool isCausal = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (features % heads != 0)
            throw new ArgumentException($"{heads} heads must divide {features} features evenly.", nameof(heads));
        ThrowIfNoRows(queries, features, nameof(queries));
        ThrowIfNoRows(keys, features, nameof(keys));

        var maps = new AttentionMaps(heads, queries.Length / features, keys.Length / features);
        int share = features / heads;
        for (int h = 0; h < heads; h++)
        {
            for (int t = 0; t < maps.Queries; t++)
            {
                Span<double> row = maps.Row(h, t);
                Span<double> seen = isCausal ? row[..Math.Min(t + 1, maps.Keys)] : row;
                for (int s = 0; s < seen.Length; s++)
                {
                    for (int f = h * share; f < (h + 1) * share; f++)
                        seen[s] += (double)queries[(t * features) + f] * keys[(s * features) + f];
                    seen[s] /= Math.Sqrt(share);
                }

                TensorPrimitives.Subtract(seen, TensorPrimitives.Max<double>(seen), seen);
                TensorPrimitives.SoftMax<double>(seen, seen);
            }
        }

        return maps;
    }

    /// <summary>Returns the map of a head.</summary>
    /// <param name="head">The head, from 0.</param>
    /// <returns>Shape [<see cref="Queries"/>, <see cref="Keys"/>].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The head does not exist.</exception>
    public Attribution Head(int head)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(head);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(head, Heads);
        return new Attribution(_weights.AsSpan(head * Queries * Keys, Queries * Keys), [Queries, Keys]);
    }

    /// <summary>Returns the mean over the heads.</summary>
    /// <returns>Shape [<see cref="Queries"/>, <see cref="Keys"/>].</returns>
    public Attribution Mean()
    {
        double[] mean = new double[Queries * Keys];
        for (int h = 0; h < Heads; h++)
            TensorPrimitives.MultiplyAdd(_weights.AsSpan(h * mean.Length, mean.Length), 1.0 / Heads, mean, mean);
        return new Attribution(mean, [Queries, Keys]);
    }

    /// <summary>
    /// Attention rollout: how much of each input token reaches each token of the last layer. Computes the product over
    /// the layers of (mean over heads + I) / 2, which counts residual connections as half, with the sum of each row
    /// normalized to 1, should the weights of a query have another sum, as after dropout. Abnar and Zuidema,
    /// "Quantifying Attention Flow in Transformers", 2020.
    /// </summary>
    /// <param name="layers">
    /// The maps of the layers, starting at the input; each has as many keys as queries, and all have the same size.
    /// </param>
    /// <returns>
    /// Shape [T, T]; each row sums to 1. For a vision transformer, row 0 without its first value shows where the class
    /// token looks.
    /// </returns>
    /// <exception cref="ArgumentException">There are no layers, or their sizes differ.</exception>
    public static Attribution Rollout(IReadOnlyList<AttentionMaps> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
            throw new ArgumentException("At least one layer is required.", nameof(layers));

        int tokens = layers[0].Queries;
        double[] flow = new double[tokens * tokens];
        for (int t = 0; t < tokens; t++)
            flow[(t * tokens) + t] = 1;
        foreach (AttentionMaps layer in layers)
        {
            if (layer.Queries != tokens || layer.Keys != tokens)
            {
                throw new ArgumentException(
                    $"All maps must be {tokens} × {tokens} tokens; one is {layer.Queries} × {layer.Keys}.",
                    nameof(layers));
            }

            ReadOnlySpan<double> mean = layer.Mean().Values;
            double[] next = [.. flow];
            for (int i = 0; i < mean.Length; i++)
            {
                (int to, int from) = Math.DivRem(i, tokens);
                Span<double> row = next.AsSpan(to * tokens, tokens);
                TensorPrimitives.MultiplyAdd(flow.AsSpan(from * tokens, tokens), mean[i], row, row);
            }

            for (int start = 0; start < next.Length; start += tokens)
            {
                Span<double> row = next.AsSpan(start, tokens);
                TensorPrimitives.Divide(row, 1 + TensorPrimitives.Sum(mean.Slice(start, tokens)), row);
            }

            flow = next;
        }

        return new Attribution(flow, [tokens, tokens]);
    }

    private static void ThrowIfNoRows(ReadOnlySpan<float> values, int features, string argument)
    {
        if (values.IsEmpty || values.Length % features != 0)
        {
            throw new ArgumentException(
                $"Expected one row of {features} values per token, got {values.Length} values.", argument);
        }

        Argument.Finite(values, argument);
    }

    private Span<double> Row(int head, int query) => _weights.AsSpan(((head * Queries) + query) * Keys, Keys);
}
