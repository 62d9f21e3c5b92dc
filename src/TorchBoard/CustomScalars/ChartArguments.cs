namespace TorchBoard.CustomScalars;

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

    /// <summary>
    /// Throws unless a curve of that tag can be drawn: the dashboard looks for the run's name in "tag (run)", from the
    /// first parenthesis on.
    /// </summary>
    public static void ThrowIfNotDrawn(string tag, string argument)
    {
        Tag.ThrowIfInvalid(tag, argument);
        if (tag.Contains('('))
        {
            throw new ArgumentException(
                $"The Custom Scalars dashboard cannot draw curves whose tag has a '(', such as '{tag}'; "
                + "write the curve under another tag.",
                argument);
        }
    }
}
