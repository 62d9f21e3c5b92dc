using TorchBoard.Protos;

namespace TorchBoard.Tool.Checking;

/// <summary>What TensorBoard's plugins want of a tensor.</summary>
internal static class TensorRules
{
    /// <summary>What is wrong with a tensor of a plugin; null where nothing is.</summary>
    public static string? Problem(string plugin, TensorProto tensor)
    {
        long[] shape = [.. (tensor.TensorShape?.Dim ?? []).Select(dim => dim.Size)];
        DataType type = tensor.Dtype;
        bool isFloat = type is DataType.DtFloat or DataType.DtDouble;
        return plugin switch
        {
            "scalars" => Unless(shape.Length == 0 && isFloat, "a scalar is a tensor of rank 0 and type float"),
            "images" => Unless(
                shape is [>= 2] && type == DataType.DtString,
                "pictures are a tensor [width, height, picture, …] of strings"),
            "audio" => Unless(
                shape is [_] or [_, 2] && type == DataType.DtString,
                "clips are a tensor of strings of shape [k] or [k, 2]"),
            "histograms" =>
                Unless(shape is [_, 3] && isFloat, "a histogram is a tensor [buckets, 3] of type float or double"),
            "text" => Unless(type == DataType.DtString, "text is a tensor of strings"),
            "pr_curves" => Unless(shape is [6, _], "a PR curve is a tensor [6, thresholds]"),
            "mesh" => Unless(shape is [_, _, 3], "a part of a mesh is a tensor [batch, points, 3]"),
            _ => null,
        };

        string? Unless(bool holds, string wanted) =>
            holds
                ? null
                : $"{wanted}; this one is {type.ToString()[2..].ToLowerInvariant()} [{string.Join(", ", shape)}]";
    }

    /// <summary>The class of data that a plugin lists; null where it is not known.</summary>
    public static DataClass? ClassOf(string plugin) => plugin switch
    {
        "scalars" => DataClass.Scalar,
        "histograms" or "text" or "pr_curves" => DataClass.Tensor,
        "images" or "audio" => DataClass.BlobSequence,
        _ => null,
    };
}
