namespace TorchBoard.Drawing.Fonts;

/// <summary>A glyph of a font.</summary>
/// <param name="Face">The font.</param>
/// <param name="Index">The glyph's index in the font.</param>
/// <param name="Outline">The outline in font units; empty for a space.</param>
/// <param name="Advance">The advance width in font units.</param>
internal sealed record FontGlyph(FontFace Face, int Index, GlyphOutline Outline, int Advance);
