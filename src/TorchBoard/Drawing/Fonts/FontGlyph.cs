namespace TorchBoard.Drawing.Fonts;

/// <summary>A glyph of a font.</summary>
/// <param name="Face">The font.</param>
/// <param name="Index">Its number in the font.</param>
/// <param name="Outline">Its shape, in the font's units; empty for a space.</param>
/// <param name="Advance">How far the pen moves on after it, in the font's units.</param>
internal sealed record FontGlyph(FontFace Face, int Index, GlyphOutline Outline, int Advance);
