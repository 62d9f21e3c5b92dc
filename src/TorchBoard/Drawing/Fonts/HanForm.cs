
namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// Whose form of a Chinese character is meant: Chinese, Japanese and Korean share the characters, and collections of
/// fonts have a font for each.
/// </summary>
internal enum HanForm
{
    Chinese,
    Japanese,
    Korean,
}

internal static class HanForms
{
    /// <summary>Japanese beside kana, Korean beside Hangul, otherwise Chinese.</summary>
    public static HanForm Of(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\u3041', '\u30FF'))
            return HanForm.Japanese;
        return text.AsSpan().ContainsAnyInRange('\uAC00', '\uD7A3') ? HanForm.Korean : HanForm.Chinese;
    }

    /// <summary>How the family of a font for it ends, such as Noto Sans CJK SC's.</summary>
    public static string Suffix(HanForm form) => form switch
    {
        HanForm.Japanese => " JP",
        HanForm.Korean => " KR",
        _ => " SC",
    };
}
