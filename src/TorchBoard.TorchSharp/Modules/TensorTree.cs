using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// The tensors in what modules take and return: one, several in a tuple or a list, or tuples of tuples.
/// </summary>
internal static class TensorTree
{
    public static IEnumerable<Tensor> Of(object? value) => value switch
    {
        Tensor tensor => [tensor],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Of(tuple[i])),
        IEnumerable<Tensor> tensors => tensors,
        object?[] values => values.SelectMany(Of),
        _ => [],
    };

    /// <summary>The same with other tensors in their places; lists stay as they are.</summary>
    public static object? Replace(object? value, Func<Tensor, Tensor> other) => value switch
    {
        Tensor tensor => other(tensor),
        ITuple tuple => Activator.CreateInstance(
            tuple.GetType(), [.. Enumerable.Range(0, tuple.Length).Select(i => Replace(tuple[i], other))]),
        _ => value,
    };
}
