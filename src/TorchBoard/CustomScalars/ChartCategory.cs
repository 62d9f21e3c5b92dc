namespace TorchBoard.CustomScalars;

/// <summary>A category of charts under one heading.</summary>
public sealed class ChartCategory
{
    /// <summary>Initializes a category.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="charts">The charts, in order; at least one.</param>
    /// <exception cref="ArgumentException">
    /// The heading is null, empty or not valid Unicode, or there is no chart.
    /// </exception>
    public ChartCategory(string title, params IReadOnlyList<CustomChart> charts)
    {
        Tag.ThrowIfNotText(title, nameof(title));
        Title = title;
        Charts = ChartArguments.ThrowIfNone(charts, "chart", nameof(charts));
    }

    /// <summary>The heading.</summary>
    public string Title { get; }

    /// <summary>The charts, in order.</summary>
    public IReadOnlyList<CustomChart> Charts { get; }

    /// <summary>Whether the category is initially closed; false by default.</summary>
    public bool Closed { get; init; }
}
