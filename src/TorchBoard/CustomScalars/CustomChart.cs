namespace TorchBoard.CustomScalars;

/// <summary>
/// A chart of the Custom Scalars dashboard: <see cref="MultilineChart"/> or <see cref="MarginChart"/>.
/// </summary>
public abstract class CustomChart
{
    private protected CustomChart(string title)
    {
        Tag.ThrowIfNotText(title, nameof(title));
        Title = title;
    }

    /// <summary>The title.</summary>
    public string Title { get; }
}
