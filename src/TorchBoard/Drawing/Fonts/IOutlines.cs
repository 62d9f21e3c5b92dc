namespace TorchBoard.Drawing.Fonts;

/// <summary>The shapes of a font's glyphs.</summary>
internal interface IOutlines
{
    /// <summary>The shape of a glyph.</summary>
    /// <exception cref="InvalidDataException">The font is damaged.</exception>
    GlyphOutline Read(int glyph);
}
