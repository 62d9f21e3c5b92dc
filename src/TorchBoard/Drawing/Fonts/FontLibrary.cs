using System.Collections.Concurrent;
using System.Text;

namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// Finds glyphs in the embedded font, then in added fonts, then in fonts of the system. The system is searched when the
/// first character requires it. Thread-safe.
/// </summary>
/// <param name="files">Returns the font files of the system, the best first.</param>
/// <param name="tell">Receives a sentence for missing characters and for each damaged font.</param>
internal sealed class FontLibrary(Func<IReadOnlyList<string>> files, Action<string> tell)
{
    /// <summary>Enough for the characters that a program shows; a few megabytes of outlines.</summary>
    private const int MostGlyphs = 4096;

    private readonly ConcurrentDictionary<(int Character, HanForm Form), FontGlyph> _glyphs = new();
    private readonly Lock _lock = new();
    private readonly List<FontFile> _added = [];
    private readonly HashSet<string> _toldScripts = new(StringComparer.Ordinal);
    private List<FontFile>? _system;

    /// <summary>The library for figures, panels and labels.</summary>
    public static FontLibrary Shared { get; } = new(SystemFonts.Files, FontFallback.Warn);

    /// <summary>Represents characters that no font has.</summary>
    private static FontGlyph Box { get; } = FontFace.DejaVuSans.Read(0);

    private static FontGlyph Nothing { get; } = new(FontFace.DejaVuSans, 0, GlyphOutline.Empty, 0);

    /// <summary>The number of cached glyphs.</summary>
    public int KeptGlyphs => _glyphs.Count;

    /// <summary>Adds a font, which is searched after fonts added earlier and before those of the system.</summary>
    /// <exception cref="InvalidDataException">It is damaged or not a font.</exception>
    public void Add(FontData data)
    {
        var file = new FontFile(data);
        file.Check();
        lock (_lock)
        {
            _added.Add(file);
            _glyphs.Clear();
        }
    }

    /// <summary>Returns the glyphs of a line of text, from left to right.</summary>
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
        return Search(_added, character, form) ?? Search(_system, character, form) ?? Box;
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
                // Drawing must not fail because of a damaged file, whatever the damage is.
                tell($"The font '{fonts[i].Path}' is ignored. {e.Message}");
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
                // Excludes empty files, pipes and devices; opening a pipe would block.
                var data = new FontData(path);
                if (data.Length > 0)
                    system.Add(new FontFile(data));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The file was removed after the directory was listed.
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
            tell($"The fonts of this system cannot be listed. {e.Message}");
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
            IEnumerable<string> scripts = untold.Select(group => $"{group.Key.Name} "
                + string.Join(", ", group.Take(shown).Select(rune => $"{rune} (U+{rune.Value:X4})")));
            IEnumerable<string> packages = untold.Select(group => group.Key.Package).Distinct();
            tell(
                $"No font has these characters: {string.Join("; ", scripts)}. Boxes are drawn instead. "
                + $"Install a font (Debian: {string.Join(" ", packages)}) or add a font file with FontFallback.Add.");
        }
    }
}
