namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// Joins Arabic letters: replaces each by its isolated, final, initial or medial form among Unicode's Arabic
/// Presentation Forms, if a font has that form.
/// </summary>
internal static class ArabicForms
{
    private const int Lam = 0x0644;
    private const int Kashida = 0x0640;
    private const int ZeroWidthJoiner = 0x200D;
    private const int FirstLamAlef = 0xFEF5;

    /// <summary>
    /// The number of forms of each letter from U+0621 on: isolated; isolated and final; isolated, final, initial and
    /// medial. The forms are consecutive from U+FE80 on.
    /// </summary>
    private const string Counts = "12222424244444222244444444";
    private const int FirstOfCounts = 0x0621;

    /// <summary>The same for U+0641 to U+064A; the forms start at U+FED1.</summary>
    private const string CountsAfterKashida = "4444444224";
    private const int FirstAfterKashida = 0x0641;

    private static readonly Dictionary<int, (int Form, int Count)> Letters = Table();

    /// <summary>Returns the joined letters in logical order.</summary>
    /// <param name="text">The characters in logical order.</param>
    /// <param name="has">Returns whether a font has a character.</param>
    public static List<int> Join(IReadOnlyList<int> text, Func<int, bool> has)
    {
        var joined = new List<int>(text.Count);
        bool before = false;
        for (int i = 0; i < text.Count; i++)
        {
            if (IsMark(text[i]))
            {
                joined.Add(text[i]);
                continue;
            }

            int next = i + 1;
            while (next < text.Count && IsMark(text[next]))
                next++;
            if (text[i] == Lam && next == i + 1 && next < text.Count && LamAlef(text[next]) is { } ligature
                && has(ligature))
            {
                joined.Add(ligature + (before ? 1 : 0));
                before = false;
                i++;
                continue;
            }

            bool after = JoinsAfter(text[i]) && next < text.Count && JoinsBefore(text[next]);
            joined.Add(FormOf(text[i], before && JoinsBefore(text[i]), after, has));
            before = after;
        }

        return joined;
    }

    private static int FormOf(int letter, bool before, bool after, Func<int, bool> has)
    {
        if (!Letters.TryGetValue(letter, out (int Form, int Count) forms))
            return letter;
        int form = forms.Form + (before ? 1 : 0) + (after ? 2 : 0);
        return has(form) ? form : letter;
    }

    private static int? LamAlef(int alef) => alef switch
    {
        0x0622 => FirstLamAlef,
        0x0623 => FirstLamAlef + 2,
        0x0625 => FirstLamAlef + 4,
        0x0627 => FirstLamAlef + 6,
        _ => null,
    };

    private static bool JoinsBefore(int letter) =>
        letter is Kashida or ZeroWidthJoiner || (Letters.TryGetValue(letter, out var forms) && forms.Count > 1);

    private static bool JoinsAfter(int letter) =>
        letter is Kashida or ZeroWidthJoiner || (Letters.TryGetValue(letter, out var forms) && forms.Count > 2);

    /// <summary>Returns whether a character is a vowel or another mark, which does not interrupt joining.</summary>
    private static bool IsMark(int character) =>
        character is (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x0610 and <= 0x061A) or (>= 0x06D6 and <= 0x06ED);

    private static Dictionary<int, (int Form, int Count)> Table()
    {
        // Persian and Urdu letters.
        var table = new Dictionary<int, (int Form, int Count)>
        {
            [0x0679] = (0xFB66, 4),
            [0x067E] = (0xFB56, 4),
            [0x0686] = (0xFB7A, 4),
            [0x0688] = (0xFB88, 2),
            [0x0691] = (0xFB8C, 2),
            [0x0698] = (0xFB8A, 2),
            [0x06A9] = (0xFB8E, 4),
            [0x06AF] = (0xFB92, 4),
            [0x06BA] = (0xFB9E, 2),
            [0x06BE] = (0xFBAA, 4),
            [0x06C1] = (0xFBA6, 4),
            [0x06CC] = (0xFBFC, 4),
            [0x06D2] = (0xFBAE, 2),
        };
        Add(FirstOfCounts, 0xFE80, Counts);
        Add(FirstAfterKashida, 0xFED1, CountsAfterKashida);
        return table;

        void Add(int letter, int form, string counts)
        {
            foreach (char count in counts)
            {
                table[letter++] = (form, count - '0');
                form += count - '0';
            }
        }
    }
}
