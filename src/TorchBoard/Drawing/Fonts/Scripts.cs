using System.Globalization;
using System.Text;

namespace TorchBoard.Drawing.Fonts;

/// <summary>Properties of characters that the embedded font lacks.</summary>
internal static class Scripts
{
    private const string Cjk = "fonts-noto-cjk";
    private const string DejaVu = "fonts-dejavu-core";
    private const string Noto = "fonts-noto-core";

    private static readonly (int First, int Last, string Name, string Package)[] Ranges =
    [
        (0x0100, 0x024F, "Latin", DejaVu),
        (0x0300, 0x036F, "accents", DejaVu),
        (0x0370, 0x03FF, "Greek", DejaVu),
        (0x0400, 0x052F, "Cyrillic", DejaVu),
        (0x0530, 0x058F, "Armenian", DejaVu),
        (0x0590, 0x05FF, "Hebrew", DejaVu),
        (0x0600, 0x06FF, "Arabic", DejaVu),
        (0x0700, 0x08FF, "Arabic", Noto),
        (0x0900, 0x097F, "Devanagari", Noto),
        (0x0980, 0x09FF, "Bengali", Noto),
        (0x0A00, 0x0DFF, "Indian scripts", Noto),
        (0x0E00, 0x0E7F, "Thai", Noto),
        (0x0E80, 0x0EFF, "Lao", DejaVu),
        (0x0F00, 0x0FFF, "Tibetan", Noto),
        (0x1000, 0x109F, "Burmese", Noto),
        (0x10A0, 0x10FF, "Georgian", DejaVu),
        (0x1100, 0x11FF, "Korean", Cjk),
        (0x1200, 0x139F, "Ethiopic", Noto),
        (0x1780, 0x17FF, "Khmer", Noto),
        (0x1E00, 0x1EFF, "Latin", DejaVu),
        (0x1F00, 0x1FFF, "Greek", DejaVu),
        (0x2000, 0x2BFF, "symbols", DejaVu),
        (0x2E80, 0x303F, "Chinese", Cjk),
        (0x3040, 0x30FF, "Japanese", Cjk),
        (0x3100, 0x312F, "Chinese", Cjk),
        (0x3130, 0x318F, "Korean", Cjk),
        (0x3190, 0x9FFF, "Chinese", Cjk),
        (0xAC00, 0xD7FF, "Korean", Cjk),
        (0xF900, 0xFAFF, "Chinese", Cjk),
        (0xFB50, 0xFDFF, "Arabic", DejaVu),
        (0xFE30, 0xFE4F, "Chinese", Cjk),
        (0xFE70, 0xFEFF, "Arabic", DejaVu),
        (0xFF00, 0xFFEF, "Chinese", Cjk),
        (0x1F000, 0x1FAFF, "pictographs", Noto),
        (0x20000, 0x3FFFF, "Chinese", Cjk),
    ];

    /// <summary>Returns the script of a character and a Debian package with a font for it.</summary>
    public static (string Name, string Package) Of(int character)
    {
        foreach ((int first, int last, string name, string package) in Ranges)
        {
            if (character >= first && character <= last)
                return (name, package);
        }

        return ("other scripts", Noto);
    }

    /// <summary>Returns whether a character is invisible: a joiner, a direction mark, a variation selector.</summary>
    public static bool IsInvisible(int character) =>
        character is (>= 0xFE00 and <= 0xFE0F) or 0x034F or 0x115F or 0x1160 or 0x3164 or (>= 0xE0000 and <= 0xE0FFF)
        || Rune.GetUnicodeCategory(new Rune(character)) == UnicodeCategory.Format;

    /// <summary>Returns whether a character has no glyph of its own: control and private-use characters.</summary>
    public static bool HasNoGlyph(int character) =>
        Rune.GetUnicodeCategory(new Rune(character)) is UnicodeCategory.Control or UnicodeCategory.PrivateUse;
}
