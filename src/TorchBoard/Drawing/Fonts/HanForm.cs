
namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// The regional form of Chinese characters. Chinese, Japanese and Korean share code points, and font collections have a
/// font for each.
/// </summary>
internal enum HanForm
{
    Chinese,
    Japanese,
    Korean,
}

internal static class HanForms
{
    /// <summary>Returns Japanese if the text contains kana, Korean if it contains Hangul, otherwise Chinese.</summary>
    public static HanForm Of(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\u3041', '\u30FF'))
            return HanForm.Japanese;
        return text.AsSpan().ContainsAnyInRange('\uAC00', '\uD7A3') ? HanForm.Korean : HanForm.Chinese;
    }

    /// <summary>Returns the end of the family name of such fonts, as in Noto Sans CJK SC.</summary>
    public static string Suffix(HanForm form) => form switch
    {
        HanForm.Japanese => " JP",
        HanForm.Korean => " KR",
        _ => " SC",
    };
}
