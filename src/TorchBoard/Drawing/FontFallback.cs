using TorchBoard.Drawing.Fonts;
using TorchBoard.Reports;

namespace TorchBoard.Drawing;

/// <summary>
/// Fonts for characters that the embedded font lacks. The embedded font has Latin, Greek and Cyrillic. Fallback fonts
/// apply to all text in pictures: figures, captions of image grids and panels, labels of bounding boxes.
/// </summary>
/// <remarks>
/// <para>
/// Fonts added with <see cref="Add"/> are searched first, in that order, then the fonts of the system and the user. The
/// system is searched when a picture first requires it. On Debian, <c>fonts-noto-cjk</c> and <c>fonts-wqy-microhei</c>
/// contain Chinese, Japanese and Korean. If no font has a character, a box is drawn, and one warning
/// (<see cref="OnWarning"/>), once per script, names the missing characters and a package to install. A damaged font of the
/// system is ignored and reported once.
/// </para>
/// <para>
/// Arabic letters are joined, and Arabic and Hebrew run right to left. OpenType layout, which scripts such as
/// Devanagari require, and color glyphs such as emoji are not supported.
/// </para>
/// <para>Thread-safe.</para>
/// </remarks>
public static class FontFallback
{
    /// <summary>
    /// Called with each warning, a sentence, on any thread; null, the default, to write them to the standard error stream.
    /// For the whole process.
    /// </summary>
    public static Action<string>? OnWarning { get; set; }

    /// <summary>Adds a font file for pictures that are drawn from now on.</summary>
    /// <param name="path">
    /// A TrueType or OpenType font (.ttf, .otf) or a collection (.ttc, .otc). Of a collection, the font for the
    /// language of the text is used. The file is read on demand and must not be removed.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="InvalidDataException">The file is not a supported font, or it is damaged.</exception>
    public static void Add(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        try
        {
            FontLibrary.Shared.Add(new FontData(full));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{full}' is not a usable font. {e.Message}", e);
        }
    }

    /// <summary>Passes on a warning; drawing never fails because of it.</summary>
    internal static void Warn(string text) => Report.Tell(text, OnWarning);
}
