using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// A part inside one of libtorch's own modules, such as a layer of a TransformerEncoder, known only from parameter
/// names.
/// </summary>
/// <param name="Path">The part's path from the module.</param>
/// <param name="Parameters">The part's own parameters, without those of inner parts.</param>
internal sealed record NativePart(string Path, IReadOnlyList<(string Name, Tensor Parameter)> Parameters)
{
    /// <summary>Number of enclosing parts, including itself.</summary>
    public int Depth => Path.Split('.').Length;

    /// <summary>Returns the parts of a module, outer parts first; none if all its parameters are its own.</summary>
    public static NativePart[] Of(ModulePlace place)
    {
        var parts = new OrderedDictionary<string, List<(string, Tensor)>>();
        foreach ((string name, Tensor parameter) in place.OwnParameters)
        {
            string[] names = name.Split('.');
            for (int i = 1; i < names.Length; i++)
                parts.TryAdd(string.Join('.', names[..i]), []);
            if (names.Length > 1)
                parts[string.Join('.', names[..^1])].Add((names[^1], parameter));
        }

        return [.. parts.Select(part => new NativePart(part.Key, part.Value))];
    }

    /// <summary>
    /// Returns the part's type in a libtorch transformer, whose parts have fixed names; empty for others.
    /// </summary>
    public string TypeName(IEnumerable<NativePart> parts)
    {
        string name = Path.Split('.')[^1];
        string? first = Parameters.Count == 0 ? null : Parameters[0].Name;
        bool Has(string part) => parts.Any(other => other.Path == $"{Path}.{part}");
        return (name, first) switch
        {
            (_, "in_proj_weight" or "q_proj_weight") => "MultiheadAttention",
            ("out_proj" or "linear1" or "linear2", "weight") => "Linear",
            ("norm" or "norm1" or "norm2" or "norm3", "weight") => "LayerNorm",
            ("layers", null) => "ModuleList",
            ("encoder", null) when Has("layers") => "TransformerEncoder",
            ("decoder", null) when Has("layers") => "TransformerDecoder",
            (_, null) when Has("multihead_attn") => "TransformerDecoderLayer",
            (_, null) when Has("self_attn") => "TransformerEncoderLayer",
            _ => "",
        };
    }
}
