namespace TorchBoard.Testing.Language;

internal static class Wildcard
{
    /// <summary>Whether a text matches a pattern, in which <c>*</c> matches any number of characters.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int star = -1;
        int afterStar = 0;
        int p = 0;
        int t = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                afterStar = t;
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star matches one more character.
                p = star + 1;
                t = ++afterStar;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
