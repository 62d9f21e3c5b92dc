namespace TorchBoard.Drawing.Fonts;

/// <summary>The outlines of a font's glyphs.</summary>
internal interface IOutlines
{
    /// <summary>Returns the outline of a glyph.</summary>
    /// <exception cref="InvalidDataException">The font is damaged.</exception>
    GlyphOutline Read(int glyph);
}
