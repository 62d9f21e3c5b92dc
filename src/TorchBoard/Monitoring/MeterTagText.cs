using System.Globalization;
using System.Text;

namespace TorchBoard.Monitoring;

/// <summary>Names of instruments and tags of measurements, as parts of TensorBoard's tags.</summary>
internal static class MeterTagText
{
    private const int LongestValue = 200;

    /// <summary>Joins the parts of a tag; the first one is a group that TensorBoard can show.</summary>
    public static string Join(string prefix, string group, string name)
    {
        string tag = $"{Valid(group)}/{Valid(name)}";
        if (prefix.Length > 0)
            return $"{prefix}/{tag}";
        return group.Length == 0 || Tag.IsReserved(tag) ? $"meters/{tag}" : tag;
    }

    /// <summary>Returns <c>key=value,key=value</c>, ordered by key.</summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        KeyValuePair<string, object?>[] ordered = tags.ToArray();
        Array.Sort(ordered, (one, other) => string.CompareOrdinal(one.Key, other.Key));
        var text = new StringBuilder();
        foreach ((string key, object? value) in ordered)
        {
            string shown = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(text.Length > 0 ? "," : "").Append(Valid(key ?? "")).Append('=').Append(Valid(shown));
        }

        return text.ToString();
    }

    private static string Valid(string text)
    {
        string cut = text.Length > LongestValue ? $"{text[..LongestValue]}…" : text;
        return cut.All(character => !char.IsControl(character) && !char.IsSurrogate(character))
            ? cut
            : string.Concat(cut.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? "\uFFFD" : rune.ToString()));
    }
}
