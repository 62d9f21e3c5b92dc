using TorchBoard.Drawing.Fonts;

namespace TorchBoard.Drawing;

/// <summary>
/// Fonts for characters that the built-in font, which has Latin, Greek and Cyrillic, lacks: in titles, axes and legends
/// of figures, captions of image grids and panels, labels of boxes.
/// </summary>
/// <remarks>
/// <para>
/// The fonts that <see cref="Add"/> was given are asked first, in that order; then those of the system and of the user,
/// when a picture first needs one. On Debian, <c>fonts-noto-cjk</c> or <c>fonts-wqy-microhei</c> has Chinese, Japanese
/// and Korean. Where no font has a character, a box is drawn, and one line on standard error says, once for each
/// script, which characters are missing and what to install. A font of the system that is damaged is left out and
/// named once on standard error.
/// </para>
/// <para>
/// Arabic letters are joined, and Arabic and Hebrew run from the right. Not supported are the ligatures and marks of
/// other fonts' layout tables, which Devanagari, Thai and their like need, and colored glyphs such as emoji.
/// </para>
/// <para>Thread-safe.</para>
/// </remarks>
public static class FontFallback
{
    /// <summary>Adds a font file that pictures drawn from now on take characters from.</summary>
    /// <param name="path">
    /// A TrueType or OpenType font (.ttf, .otf) or a collection of them (.ttc, .otc), of which the font for the language
    /// of the text is taken. The file is read again when characters are needed: it must stay where it is.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no such font, or it is damaged.</exception>
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
            throw new InvalidDataException($"'{full}' is not a font that can be used. {e.Message}", e);
        }
    }
}
