namespace TorchBoard.CustomScalars;

/// <summary>The layout of the Custom Scalars dashboard: charts in categories that can be opened and closed.</summary>
/// <param name="categories">The categories, from top to bottom; at least one.</param>
/// <exception cref="ArgumentException">There is no category.</exception>
public sealed class CustomScalarsLayout(params IReadOnlyList<ChartCategory> categories)
{
    /// <summary>The categories, from top to bottom.</summary>
    public IReadOnlyList<ChartCategory> Categories { get; } =
        ChartArguments.ThrowIfNone(categories, "category", nameof(categories));
}
