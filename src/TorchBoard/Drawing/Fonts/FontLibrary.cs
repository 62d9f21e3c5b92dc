using System.Collections.Concurrent;
using System.Text;

namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// Finds glyphs: in the embedded font, in the fonts that were given, in those of the system. Files are looked for when
/// the first character needs them. Thread-safe.
/// </summary>
/// <param name="files">The files of the system, the best first.</param>
/// <param name="tell">Takes lines about characters without a font and about fonts that are damaged.</param>
internal sealed class FontLibrary(Func<IReadOnlyList<string>> files, Action<string> tell)
{
    /// <summary>All characters of a language that a program is likely to show; a few megabytes of outlines.</summary>
    private const int MostGlyphs = 4096;

    private readonly ConcurrentDictionary<(int Character, HanForm Form), FontGlyph> _glyphs = new();
    private readonly Lock _lock = new();
    private readonly List<FontFile> _given = [];
    private readonly HashSet<string> _toldScripts = new(StringComparer.Ordinal);
    private List<FontFile>? _system;

    /// <summary>The one that figures, panels and labels use.</summary>
    public static FontLibrary Shared { get; } = new(SystemFonts.Files, Print);

    /// <summary>Stands for characters that no font has.</summary>
    private static FontGlyph Box { get; } = FontFace.DejaVuSans.Read(0);

    private static FontGlyph Nothing { get; } = new(FontFace.DejaVuSans, 0, GlyphOutline.Empty, 0);

    /// <summary>How many glyphs are kept for the next text.</summary>
    public int KeptGlyphs => _glyphs.Count;

    /// <summary>Adds a file that is asked before the fonts of the system, and after those that were given before.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or no font.</exception>
    public void Add(FontData data)
    {
        var file = new FontFile(data);
        file.Check();
        lock (_lock)
        {
            _given.Add(file);
            _glyphs.Clear();
        }
    }

    /// <summary>The glyphs of a line of text, from the left.</summary>
    public List<FontGlyph> Glyphs(string text)
    {
        string shown = RightToLeft.IsIn(text) ? RightToLeft.FromTheLeft(text, Has) : text;
        HanForm form = shown.AsSpan().ContainsAnyInRange('\u2E80', '\uFFFC') ? HanForms.Of(shown) : HanForm.Chinese;
        var glyphs = new List<FontGlyph>(shown.Length);
        List<Rune>? missing = null;
        foreach (Rune rune in shown.EnumerateRunes())
        {
            FontGlyph glyph = Find(rune.Value, form);
            if (ReferenceEquals(glyph, Box))
                (missing ??= []).Add(rune);
            glyphs.Add(glyph);
        }

        if (missing is not null)
            TellMissing(missing);
        return glyphs;
    }

    private static void Print(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception)
        {
            // Standard error may be closed. A picture must not fail for it.
        }
    }

    private bool Has(int character) => !ReferenceEquals(Find(character, HanForm.Chinese), Box);

    private FontGlyph Find(int character, HanForm form)
    {
        if (_glyphs.TryGetValue((character, form), out FontGlyph? found))
            return found;
        lock (_lock)
        {
            FontGlyph glyph = Search(character, form);
            if (_glyphs.Count >= MostGlyphs)
                _glyphs.Clear();
            _glyphs[(character, form)] = glyph;
            return glyph;
        }
    }

    private FontGlyph Search(int character, HanForm form)
    {
        int embedded = FontFace.DejaVuSans.GlyphOf(character);
        if (embedded != 0)
            return FontFace.DejaVuSans.Read(embedded);
        if (Scripts.IsInvisible(character))
            return Nothing;
        if (Scripts.HasNoGlyph(character))
            return Box;
        _system ??= FilesOfSystem();
        return Search(_given, character, form) ?? Search(_system, character, form) ?? Box;
    }

    private FontGlyph? Search(List<FontFile> fonts, int character, HanForm form)
    {
        for (int i = 0; i < fonts.Count; i++)
        {
            try
            {
                if (fonts[i].Find(character, form) is { } glyph)
                    return glyph;
            }
            catch (Exception e)
            {
                // A file of somebody else's must not cost a picture, whatever is wrong with it.
                tell($"TorchBoard: the font '{fonts[i].Path}' is left out. {e.Message}");
                fonts.RemoveAt(i--);
            }
        }

        return null;
    }

    private List<FontFile> FilesOfSystem()
    {
        var system = new List<FontFile>();
        foreach (string path in Listed())
        {
            try
            {
                // Not a pipe, a device or a file that is empty.
                var data = new FontData(path);
                if (data.Length > 0)
                    system.Add(new FontFile(data));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It was removed since the folder was read.
            }
        }

        return system;
    }

    private IReadOnlyList<string> Listed()
    {
        try
        {
            return files();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tell($"TorchBoard: the fonts of this system cannot be listed. {e.Message}");
            return [];
        }
    }

    private void TellMissing(List<Rune> missing)
    {
        const int shown = 5;
        lock (_lock)
        {
            var untold = missing.Where(rune => !Scripts.HasNoGlyph(rune.Value)).Distinct()
                .GroupBy(rune => Scripts.Of(rune.Value))
                .Where(group => _toldScripts.Add(group.Key.Name)).ToList();
            if (untold.Count == 0)
                return;
            IEnumerable<string> scripts = untold.Select(group =>
                $"{string.Join(", ", group.Take(shown).Select(rune => $"{rune} (U+{rune.Value:X4})"))} of {group.Key.Name}");
            IEnumerable<string> packages = untold.Select(group => group.Key.Package).Distinct();
            tell(
                $"TorchBoard: no font here has {string.Join("; ", scripts)}: boxes are drawn. Install a font that has "
                + $"them, on Debian {string.Join(" ", packages)}, or give a font file: FontFallback.Add(path).");
        }
    }
}
