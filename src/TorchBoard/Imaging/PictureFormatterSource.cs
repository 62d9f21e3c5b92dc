namespace TorchBoard.Imaging;

/// <summary>Shows a picture in a notebook.</summary>
internal sealed class PictureFormatterSource
{
    private readonly HtmlFormatter _html = new(picture => HtmlFormatter.ElementOf((Picture)picture, pixels: 1, "picture"));

    public IEnumerable<object> CreateTypeFormatters() => [_html];
}
