using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>Computes the attention maps of a model's attention layers.</summary>
public static class ModelAttention
{
    private const string Packed = "in_proj_weight";
    private const string Query = "q_proj_weight";
    private const string Key = "k_proj_weight";
    private const string Bias = "in_proj_bias";

    /// <summary>
    /// Computes the attention of each head of a MultiheadAttention module, which itself returns only the mean: softmax
    /// of q·kᵀ/√(E/heads), with the module's own projections. Vaswani et al., "Attention Is All You Need", 2017.
    /// </summary>
    /// <param name="attention">
    /// The module, <c>nn.MultiheadAttention</c>, or one that contains it, such as <c>nn.TransformerEncoderLayer</c>.
    /// </param>
    /// <param name="query">The module's query input: [T, N, E], as in TorchSharp.</param>
    /// <param name="key">The module's key input: [S, N, E], or with as many features as keys have.</param>
    /// <param name="heads">Number of heads; must divide E. The module does not expose it.</param>
    /// <param name="mask">
    /// The module's attention mask, [T, S]: added to the logits or, if boolean, true where a token does not attend.
    /// None by default.
    /// </param>
    /// <param name="paddingMask">
    /// The padding mask, [N, S], boolean: true for keys that are padding. None by default.
    /// </param>
    /// <param name="path">
    /// The path of the attention inside the module, as in its parameter names: <c>self_attn</c> in
    /// <c>nn.TransformerEncoderLayer</c>, <c>layers.0.self_attn</c> in <c>nn.TransformerEncoder</c>. Empty by default,
    /// which means the module itself.
    /// </param>
    /// <returns>Maps of T × S, one for each of N inputs.</returns>
    /// <remarks>
    /// In an encoder's first layer, query and key are both the encoder's input. The input of a later layer is the
    /// output of the layer before it, which <c>nn.TransformerEncoder</c> does not expose: call separate layers in turn
    /// instead.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The module has no projections of queries and keys, sizes do not match, the module adds its own keys
    /// (<c>add_bias_kv</c>), or a token may not attend to any token.
    /// </exception>
    public static IReadOnlyList<AttentionMaps> Of(
        nn.Module attention, Tensor query, Tensor key, int heads, Tensor? mask = null, Tensor? paddingMask = null,
        string path = "")
    {
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ModuleCall.ThrowIfWithoutValues(attention, nameof(attention));
        int[] shape = TensorArgument.ShapeOf(query, nameof(query));
        int[] keyShape = TensorArgument.ShapeOf(key, nameof(key));
        if (shape.Length != 3 || keyShape.Length != 3 || shape[1] != keyShape[1])
        {
            throw new ArgumentException(
                "The shapes must be [T, N, E] for queries and [S, N, E] for keys; were "
                + $"{TensorArgument.ShapeText(query)} and {TensorArgument.ShapeText(key)}.",
                nameof(query));
        }

        (int count, int rows, int columns) = (shape[1], shape[0], keyShape[0]);
        ThrowIfOther(mask, nameof(mask), [rows, columns]);
        ThrowIfOther(paddingMask, nameof(paddingMask), [count, columns]);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        (Tensor queries, Tensor keys) = Projected(attention, query, key, path);
        if (queries.shape[2] % heads != 0)
        {
            throw new ArgumentException(
                $"{heads} heads must divide {queries.shape[2]} features evenly.", nameof(heads));
        }

        Tensor logits = Logits(queries, keys, heads);
        if (mask is not null)
            logits = Masked(logits, mask);
        if (paddingMask is not null)
            logits = Masked(logits, paddingMask.reshape(count, 1, 1, columns));
        using var host = new HostTensor(logits.softmax(-1), ScalarType.Float32);
        ReadOnlySpan<float> weights = host.Values<float>();
        var maps = new AttentionMaps[count];
        for (int n = 0; n < count; n++)
        {
            int length = heads * rows * columns;
            maps[n] = new AttentionMaps(weights.Slice(n * length, length), heads, rows, columns);
        }

        return maps;
    }

    // [N, heads, T, S], in double precision.
    private static Tensor Logits(Tensor queries, Tensor keys, int heads)
    {
        long share = queries.shape[2] / heads;
        Tensor scale = tensor([1 / Math.Sqrt(share)]).to(queries.device);
        return (Split(queries) * scale).matmul(Split(keys).transpose(-2, -1));

        Tensor Split(Tensor tokens) => tokens.to_type(ScalarType.Float64)
            .reshape(tokens.shape[0], tokens.shape[1], heads, share).permute(1, 2, 0, 3);
    }

    private static Tensor Masked(Tensor logits, Tensor mask)
    {
        Tensor placed = mask.detach().to(logits.device);
        return placed.dtype == ScalarType.Bool
            ? where(placed, tensor([double.NegativeInfinity]).to(logits.device), logits)
            : logits.add(placed.to_type(logits.dtype), HeldScalars.One);
    }

    private static (Tensor Queries, Tensor Keys) Projected(nn.Module attention, Tensor query, Tensor key, string path)
    {
        string prefix = path.Length == 0 ? "" : $"{path}.";
        Dictionary<string, Tensor> parameters = attention.named_parameters()
            .Where(named => !((Tensor)named.parameter).IsInvalid)
            .ToDictionary(named => named.name, named => (Tensor)named.parameter, StringComparer.Ordinal);
        (Tensor byQuery, Tensor byKey) = Projections(attention, parameters, path);
        if (parameters.ContainsKey($"{prefix}bias_k"))
        {
            throw new ArgumentException(
                "The module adds its own keys (add_bias_kv), which have no tokens.", nameof(attention));
        }

        if (query.shape[2] != byQuery.shape[1] || key.shape[2] != byKey.shape[1])
        {
            throw new ArgumentException(
                $"Queries must have {byQuery.shape[1]} features and keys {byKey.shape[1]}; the shapes are "
                + $"{TensorArgument.ShapeText(query)} and {TensorArgument.ShapeText(key)}.",
                nameof(query));
        }

        long features = byQuery.shape[0];
        parameters.TryGetValue($"{prefix}{Bias}", out Tensor? bias);
        return (
            nn.functional.linear(Placed(query), byQuery, bias?.narrow(0, 0, features)),
            nn.functional.linear(Placed(key), byKey, bias?.narrow(0, features, features)));

        Tensor Placed(Tensor tokens) => tokens.detach().to(byQuery.device).to_type(byQuery.dtype);
    }

    private static (Tensor ByQuery, Tensor ByKey) Projections(
        nn.Module attention, Dictionary<string, Tensor> parameters, string path)
    {
        string prefix = path.Length == 0 ? "" : $"{path}.";
        if (parameters.TryGetValue($"{prefix}{Packed}", out Tensor? all))
            return (all.narrow(0, 0, all.shape[1]), all.narrow(0, all.shape[1], all.shape[1]));
        if (parameters.TryGetValue($"{prefix}{Query}", out Tensor? q)
            && parameters.TryGetValue($"{prefix}{Key}", out Tensor? k))
        {
            return (q, k);
        }

        string[] paths =
        [
            .. parameters.Keys.Where(name => name.EndsWith($".{Packed}", StringComparison.Ordinal)
                    || name.EndsWith($".{Query}", StringComparison.Ordinal))
                .Select(name => $"'{name[..name.LastIndexOf('.')]}'"),
        ];
        throw new ArgumentException(
            $"{attention.GetType().Name} has no parameter '{prefix}{Packed}' or '{prefix}{Query}'; "
            + (paths.Length == 0
                ? "an nn.MultiheadAttention is required."
                : $"it has attention at {string.Join(", ", paths)}."),
            nameof(attention));
    }

    private static void ThrowIfOther(Tensor? mask, string argument, int[] shape)
    {
        if (mask is not null && !TensorArgument.ShapeOf(mask, argument).AsSpan().SequenceEqual(shape))
        {
            throw new ArgumentException(
                $"The mask must be [{string.Join(", ", shape)}]; was {TensorArgument.ShapeText(mask)}.",
                argument);
        }
    }
}
