using System.Net;

namespace TorchBoard.Imaging;

/// <summary>Shows values in a notebook as pictures. .NET Interactive calls the members by their names.</summary>
/// <param name="format">Returns the HTML of a value.</param>
internal sealed class HtmlFormatter(Func<object, string> format)
{
    /// <summary>Smaller pictures are enlarged in whole steps, so that their pixels can be seen.</summary>
    private const int LeastSide = 256;

    public string MimeType { get; } = "text/html";

    public bool Format(object instance, TextWriter writer)
    {
        writer.Write(format(instance));
        return true;
    }

    /// <summary>Returns an element with the picture as a PNG.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="pixels">The number of its pixels per pixel of the page.</param>
    /// <param name="text">What is shown if the picture is not.</param>
    public static string ElementOf(Picture picture, int pixels, string text)
    {
        int zoom = Math.Max(1, LeastSide / Math.Max(picture.Width, picture.Height));
        string png = Convert.ToBase64String(picture.ToPng());
        return FormattableString.Invariant(
            $"<img width=\"{picture.Width * zoom / pixels}\" height=\"{picture.Height * zoom / pixels}\" alt=\"{WebUtility.HtmlEncode(text)}\"")
            + (zoom > 1 ? " style=\"image-rendering: pixelated\"" : "")
            + $" src=\"data:image/png;base64,{png}\">";
    }
}
