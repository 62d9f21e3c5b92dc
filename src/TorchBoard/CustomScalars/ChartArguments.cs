namespace TorchBoard;

/// <summary>What the parts of a layout must be.</summary>
internal static class ChartArguments
{
    public static IReadOnlyList<T> ThrowIfNone<T>(IReadOnlyList<T> items, string what, string argument)
    {
        ArgumentNullException.ThrowIfNull(items, argument);
        if (items.Count == 0)
            throw new ArgumentException($"There is no {what}; at least one is wanted.", argument);
        T[] copy = [.. items];
        return copy.Any(item => item is null) ? throw new ArgumentException($"A {what} is null.", argument) : copy;
    }
}
