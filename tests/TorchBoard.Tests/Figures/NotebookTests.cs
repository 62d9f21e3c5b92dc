using System.Net;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;
using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Tests.Imaging;

namespace TorchBoard.Tests.Figures;

/// <summary>What a cell of a notebook shows, asked of .NET Interactive itself.</summary>
internal sealed partial class NotebookTests
{
    private const string Html = "text/html";

    [Test]
    public void A_figure_shows_itself_at_its_size_and_sharp()
    {
        Figure figure = new Figure { Title = "loss < \"1\"" }.Line<float, float>([1, 2, 3], [3, 2, 1]);

        Match element = Element().Match(figure.ToDisplayString(Html));

        PngReader png = PngOf(element);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((element.Groups["width"].Value, element.Groups["height"].Value), Is.EqualTo(("640", "480")));
            Assert.That((png.Width, png.Height), Is.EqualTo((1280, 960)));
            Assert.That(png.Pixels, Is.EqualTo(figure.Render(scale: 2).Pixels.ToArray()));
            Assert.That(WebUtility.HtmlDecode(element.Groups["alt"].Value), Is.EqualTo("loss < \"1\""));
            Assert.That(element.Groups["style"].Success, Is.False);
        }
    }

    [TestCase(8, 4, 32)]
    [TestCase(100, 128, 2)]
    [TestCase(129, 1, 1)]
    [TestCase(300, 200, 1)]
    public void A_picture_shows_itself_and_its_pixels_if_it_is_small(int width, int height, int zoom)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).Select(i => (byte)(i * 7))];
        Picture picture = Picture.FromPixels<byte>(pixels, ImageLayout.Hw, [height, width]);

        Match element = Element().Match(picture.ToDisplayString(Html));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(element.Groups["width"].Value, Is.EqualTo($"{width * zoom}"));
            Assert.That(element.Groups["height"].Value, Is.EqualTo($"{height * zoom}"));
            Assert.That(element.Groups["style"].Success, Is.EqualTo(zoom > 1));
            Assert.That(PngOf(element).Pixels, Is.EqualTo(pixels));
        }
    }

    [Test]
    public void Both_are_shown_as_HTML_without_asking_for_it()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Formatter.GetPreferredMimeTypesFor(typeof(Figure)).First(), Is.EqualTo(Html));
            Assert.That(Formatter.GetPreferredMimeTypesFor(typeof(Picture)).First(), Is.EqualTo(Html));
        }
    }

    private static PngReader PngOf(Match element)
    {
        Assert.That(element.Success, "the value was shown as one element");
        return PngReader.Decode(Convert.FromBase64String(element.Groups["png"].Value));
    }

    [GeneratedRegex(
        "^<img width=\"(?<width>\\d+)\" height=\"(?<height>\\d+)\" alt=\"(?<alt>[^\"]*)\""
        + "(?<style> style=\"image-rendering: pixelated\")? src=\"data:image/png;base64,(?<png>[^\"]+)\">$")]
    private static partial Regex Element();
}
