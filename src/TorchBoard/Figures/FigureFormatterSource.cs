using TorchBoard.Imaging;

namespace TorchBoard.Figures;

/// <summary>Shows a figure in a notebook, sharp on high-resolution screens, too.</summary>
internal sealed class FigureFormatterSource
{
    private const int Scale = 2;

    private readonly HtmlFormatter _html = new(value =>
    {
        var figure = (Figure)value;
        return HtmlFormatter.ElementOf(
            figure.Render(scale: Scale), Scale, figure.Title.Length > 0 ? figure.Title : "figure");
    });

    public IEnumerable<object> CreateTypeFormatters() => [_html];
}
