using TorchBoard.Interpretation;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>What the heads of an attention layer look at.</summary>
public static class ModelAttention
{
    /// <summary>
    /// Makes the attention of each head of a MultiheadAttention module, which itself returns their mean only: softmax
    /// of q·k/√(E/heads), with the module's own projections.
    /// </summary>
    /// <param name="attention">The module, <c>nn.MultiheadAttention</c>.</param>
    /// <param name="query">What it is given as query: [T, N, E], as TorchSharp has it.</param>
    /// <param name="key">What it is given as key: [S, N, E].</param>
    /// <param name="heads">How many heads it has, a divisor of E; the module does not tell.</param>
    /// <returns>Maps of T × S, one for each of N inputs. Masks and added keys are not taken into account.</returns>
    /// <exception cref="ArgumentException">
    /// The module has no projections of queries and keys, or sizes do not fit together.
    /// </exception>
    public static IReadOnlyList<AttentionMaps> Of(nn.Module attention, Tensor query, Tensor key, int heads)
    {
        ArgumentNullException.ThrowIfNull(attention);
        int[] shape = TensorArgument.ShapeOf(query, nameof(query));
        int[] keyShape = TensorArgument.ShapeOf(key, nameof(key));
        if (shape.Length != 3 || keyShape.Length != 3 || shape[1] != keyShape[1])
        {
            throw new ArgumentException(
                $"Queries [T, N, E] and keys [S, N, E] are wanted; the shapes are "
                + $"{TensorArgument.ShapeText(query)} and {TensorArgument.ShapeText(key)}.",
                nameof(query));
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        (Tensor queries, Tensor keys) = Projected(attention, query, key);
        int features = (int)queries.shape[2];
        var maps = new AttentionMaps[shape[1]];
        for (int n = 0; n < maps.Length; n++)
        {
            using var q = new HostTensor(queries.select(1, n), ScalarType.Float32);
            using var k = new HostTensor(keys.select(1, n), ScalarType.Float32);
            maps[n] = AttentionMaps.Of(q.Values<float>(), k.Values<float>(), features, heads);
        }

        return maps;
    }

    private static (Tensor Queries, Tensor Keys) Projected(nn.Module attention, Tensor query, Tensor key)
    {
        Dictionary<string, Tensor> parameters = attention.named_parameters(recurse: false)
            .ToDictionary(named => named.name, named => (Tensor)named.parameter, StringComparer.Ordinal);
        Tensor byQuery;
        Tensor byKey;
        if (parameters.TryGetValue("in_proj_weight", out Tensor? all) && all is { IsInvalid: false })
            (byQuery, byKey) = (all.narrow(0, 0, all.shape[1]), all.narrow(0, all.shape[1], all.shape[1]));
        else if (parameters.TryGetValue("q_proj_weight", out Tensor? q)
            && parameters.TryGetValue("k_proj_weight", out Tensor? k))
            (byQuery, byKey) = (q, k);
        else
        {
            throw new ArgumentException(
                $"{attention.GetType().Name} has no parameter 'in_proj_weight' or 'q_proj_weight'; "
                + "nn.MultiheadAttention is wanted.",
                nameof(attention));
        }

        Tensor queries = query.detach().matmul(byQuery.t());
        Tensor keys = key.detach().matmul(byKey.t());
        if (!parameters.TryGetValue("in_proj_bias", out Tensor? bias) || bias is not { IsInvalid: false })
            return (queries, keys);
        long features = byQuery.shape[0];
        return (
            queries.add(bias.narrow(0, 0, features), HeldScalars.One),
            keys.add(bias.narrow(0, features, features), HeldScalars.One));
    }
}
