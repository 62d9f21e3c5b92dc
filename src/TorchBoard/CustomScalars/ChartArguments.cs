namespace TorchBoard.CustomScalars;

/// <summary>Validates the parts of a layout.</summary>
internal static class ChartArguments
{
    public static IReadOnlyList<T> ThrowIfNone<T>(IReadOnlyList<T> items, string what, string argument)
    {
        ArgumentNullException.ThrowIfNull(items, argument);
        if (items.Count == 0)
            throw new ArgumentException($"There must be at least one {what}; was 0.", argument);
        T[] copy = [.. items];
        return copy.Any(item => item is null)
            ? throw new ArgumentException($"A {what} must not be null.", argument)
            : copy;
    }

    /// <summary>
    /// Throws if the dashboard cannot draw the curve of a tag: it parses the run's name from "tag (run)", starting at
    /// the first parenthesis.
    /// </summary>
    public static void ThrowIfNotDrawn(string tag, string argument)
    {
        Tag.ThrowIfInvalid(tag, argument);
        if (tag.Contains('('))
        {
            throw new ArgumentException(
                $"The tag must not contain '(', because the Custom Scalars dashboard cannot draw it; was '{tag}'.",
                argument);
        }
    }
}
