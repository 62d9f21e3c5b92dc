namespace TorchBoard.Imaging;

/// <summary>
/// A small font for labels on pictures: printable ASCII of Spleen 6×12 (see Fonts/README.md), a byte a row, the
/// leftmost pixel in the highest bit.
/// </summary>
internal static class BitmapFont
{
    public const int GlyphWidth = 6;
    public const int GlyphHeight = 12;

    private const char First = ' ';
    private const char Last = '~';

    private static readonly Lazy<byte[]> Glyphs = new(Load);

    public static int WidthOf(string text, int scale) => text.Length * GlyphWidth * scale;

    public static void Draw(Raster canvas, string text, int left, int top, int scale, Color color)
    {
        foreach (char c in text)
        {
            int glyph = (c is >= First and <= Last ? c : '?') - First;
            for (int y = 0; y < GlyphHeight; y++)
            {
                byte row = Glyphs.Value[(glyph * GlyphHeight) + y];
                for (int x = 0; x < GlyphWidth; x++)
                {
                    if ((row & (0x80 >> x)) != 0)
                        canvas.Fill(
                            left + (x * scale), top + (y * scale), left + ((x + 1) * scale) - 1,
                            top + ((y + 1) * scale) - 1, color);
                }
            }

            left += GlyphWidth * scale;
        }
    }

    private static byte[] Load()
    {
        using Stream stream = typeof(BitmapFont).Assembly.GetManifestResourceStream("spleen-6x12.bin")!;
        byte[] glyphs = new byte[(Last - First + 1) * GlyphHeight];
        stream.ReadExactly(glyphs);
        return glyphs;
    }
}
