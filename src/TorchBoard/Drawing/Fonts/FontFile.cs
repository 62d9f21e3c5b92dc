namespace TorchBoard.Drawing.Fonts;

/// <summary>A font file. Of a collection, one font is used per form of Chinese characters.</summary>
internal sealed class FontFile(FontData data)
{
    private const int Family = 1;
    private const int Style = 2;

    private readonly Dictionary<HanForm, int> _chosen = [];
    private IReadOnlyList<long>? _starts;
    private FontFace?[] _faces = [];

    public string Path => data.Path;

    /// <summary>Returns the font for a form.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public FontFace Face(HanForm form)
    {
        if (_starts is null)
        {
            _starts = FontFace.Starts(data);
            _faces = new FontFace?[_starts.Count];
        }

        if (!_chosen.TryGetValue(form, out int chosen))
            _chosen[form] = chosen = Enumerable.Range(0, _faces.Length).MaxBy(i => Fitness(At(i), form));
        return At(chosen);
    }

    /// <summary>Returns the glyph of a character; null if the font lacks it.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public FontGlyph? Find(int character, HanForm form)
    {
        using IDisposable? opened = _starts is null ? data.Opened() : null;
        FontFace face = Face(form);
        if (!face.HasOutlines)
            return null;
        int glyph = face.GlyphOf(character);
        return glyph == 0 ? null : face.Read(glyph);
    }

    /// <summary>Checks the font by reading a sample of its glyphs.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or has no usable font.</exception>
    public void Check()
    {
        const int checkedGlyphs = 200;
        using IDisposable? opened = data.Opened();
        FontFace face = Face(HanForm.Chinese);
        if (!face.HasOutlines || face.Characters.Count == 0)
            throw new InvalidDataException("It has no outlines for Unicode characters.");
        IReadOnlyList<int> starts = face.Characters.Starts;
        int stride = (starts.Count + checkedGlyphs - 1) / checkedGlyphs;
        for (int i = 0; i < starts.Count; i += stride)
            face.Read(face.GlyphOf(starts[i]));
    }

    private static int Fitness(FontFace face, HanForm form) =>
        (face.Name(Family).EndsWith(HanForms.Suffix(form), StringComparison.Ordinal) ? 2 : 0)
        + (face.Name(Style) == "Regular" ? 1 : 0);

    private FontFace At(int i) => _faces[i] ??= new FontFace(data, _starts![i]);
}
