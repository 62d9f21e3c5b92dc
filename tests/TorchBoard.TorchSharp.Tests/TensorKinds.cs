using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>The same values as tensors of every type, layout and gradient mode.</summary>
internal static class TensorKinds
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float32, ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Byte,
        ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Bool,
    ];

    /// <summary>Memory layouts of a tensor; each function takes a contiguous tensor of shape [4, 6].</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Layouts = new()
    {
        ["contiguous"] = tensor => tensor,
        ["transposed"] = tensor => tensor.t(),
        ["every other column"] = tensor => tensor[TensorIndex.Ellipsis, TensorIndex.Slice(0, 6, 2)],
        ["a part at an offset"] = tensor => tensor.narrow(0, 1, 2),
        ["a column"] = tensor => tensor.select(1, 2),
        ["expanded"] = tensor => tensor.narrow(0, 1, 1).expand(3, 6),
        ["flat"] = tensor => tensor.reshape(24),
        ["five dimensions"] = tensor => tensor.reshape(2, 1, 2, 3, 2).permute(4, 0, 3, 1, 2),
        ["no dimension"] = tensor => tensor.select(0, 3).select(0, 1),
    };

    public static IEnumerable<TestCaseData<ScalarType, string, bool>> All =>
        from type in Types
        from layout in Layouts.Keys
        from requiresGradient in (bool[])[false, true]
        where !requiresGradient || TensorArgument.IsFloatingPoint(type)
        select new TestCaseData<ScalarType, string, bool>(type, layout, requiresGradient);

    public static Tensor Make(ScalarType type, string layout, bool requiresGradient)
    {
        Tensor whole = Numbers(type);
        if (requiresGradient)
            whole.requires_grad_(true);
        return Layouts[layout](whole);
    }

    /// <summary>Returns the values of a tensor in order, read element by element.</summary>
    public static double[] Values(Tensor tensor)
    {
        using Tensor doubles = tensor.detach().to_type(ScalarType.Float64).reshape(-1);
        return [.. Enumerable.Range(0, (int)doubles.NumberOfElements).Select(i => doubles[i].item<double>())];
    }

    // Exact in every type but bool, where they are 0 and 1.
    private static Tensor Numbers(ScalarType type) => type switch
    {
        ScalarType.Bool => (arange(24, ScalarType.Float32) % 3).reshape(4, 6) == 1,
        ScalarType.Byte => arange(24, ScalarType.Byte).reshape(4, 6),
        _ => (arange(24, ScalarType.Float32) - 7).reshape(4, 6).to_type(type),
    };
}
