using System.Globalization;
using System.Text;

namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// Converts a line with Arabic or Hebrew from logical to visual order, by a subset of the Unicode bidirectional
/// algorithm (UAX #9): the first letter determines the direction of the line, numbers run left to right, and neutral
/// characters take the direction of their surroundings. Explicit embeddings and isolates, and paired brackets (rule
/// N0), are not supported.
/// </summary>
internal static class RightToLeft
{
    private enum Kind
    {
        Left,
        Right,
        Digit,

        /// <summary>Part of a number between digits: 1.5, 10:30.</summary>
        Separator,

        /// <summary>Part of a number beside digits: 95%, −3.</summary>
        Terminator,
        Mark,
        Neutral,
    }

    /// <summary>Returns whether a line contains right-to-left letters.</summary>
    public static bool IsIn(string text) =>
        text.AsSpan().ContainsAnyInRange('\u0590', '\u08FF') || text.AsSpan().ContainsAnyInRange('\uFB1D', '\uFEFC');

    /// <summary>Returns the line in visual order, with joined letters.</summary>
    /// <param name="text">The line in logical order.</param>
    /// <param name="has">Returns whether a font has a character.</param>
    public static string FromTheLeft(string text, Func<int, bool> has)
    {
        int[] characters = [.. ArabicForms.Join([.. text.EnumerateRunes().Select(rune => rune.Value)], has)];
        int[] levels = Levels(characters);
        for (int i = 0; i < characters.Length; i++)
        {
            if (levels[i] % 2 == 1)
                characters[i] = Mirrored(characters[i]);
        }

        // Rule L2: reverses runs of each level and above, from the highest level.
        for (int level = levels.Max(); level > 0; level--)
        {
            for (int i = 0; i < characters.Length; i++)
            {
                int start = i;
                while (i < characters.Length && levels[i] >= level)
                    i++;
                characters.AsSpan(start, i - start).Reverse();
                levels.AsSpan(start, i - start).Reverse();
            }
        }

        var line = new StringBuilder();
        foreach (int character in characters)
            line.Append(new Rune(character).ToString());
        return line.ToString();
    }

    /// <summary>Returns the embedding levels: even levels run left to right, odd levels right to left.</summary>
    private static int[] Levels(int[] characters)
    {
        Kind[] kinds = [.. characters.Select(KindOf)];
        Kind line = kinds.FirstOrDefault(kind => kind is Kind.Left or Kind.Right, Kind.Left);
        ResolveNumbers(kinds);

        // Rules W1 and W7: marks follow their letter; digits after left-to-right letters belong to them.
        Kind strong = line;
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is Kind.Left or Kind.Right)
                strong = kinds[i];
            else if (kinds[i] == Kind.Mark)
                kinds[i] = i > 0 ? kinds[i - 1] : line;
            else if (kinds[i] == Kind.Digit && strong == Kind.Left)
                kinds[i] = Kind.Left;
        }

        ResolveNeutrals(kinds, line);
        int basis = line == Kind.Right ? 1 : 0;
        return [.. kinds.Select(kind => kind switch
        {
            Kind.Right => 1,
            Kind.Digit => 2,
            _ => 2 * basis,
        })];
    }

    private static void ResolveNumbers(Kind[] kinds)
    {
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.Separator)
            {
                bool within = i > 0 && i + 1 < kinds.Length && kinds[i - 1] == Kind.Digit && kinds[i + 1] == Kind.Digit;
                kinds[i] = within ? Kind.Digit : Kind.Neutral;
            }
        }

        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.Terminator && i > 0 && kinds[i - 1] == Kind.Digit)
                kinds[i] = Kind.Digit;
        }

        for (int i = kinds.Length - 1; i >= 0; i--)
        {
            if (kinds[i] == Kind.Terminator)
                kinds[i] = i + 1 < kinds.Length && kinds[i + 1] == Kind.Digit ? Kind.Digit : Kind.Neutral;
        }
    }

    private static void ResolveNeutrals(Kind[] kinds, Kind line)
    {
        for (int i = 0; i < kinds.Length; i++)
        {
            int start = i;
            while (i < kinds.Length && kinds[i] == Kind.Neutral)
                i++;
            if (i == start)
                continue;
            Kind before = start == 0 ? line : Strong(kinds[start - 1]);
            Kind after = i == kinds.Length ? line : Strong(kinds[i]);
            kinds.AsSpan(start, i - start).Fill(before == after ? before : line);
        }

        static Kind Strong(Kind kind) => kind == Kind.Digit ? Kind.Right : kind;
    }

    private static Kind KindOf(int character)
    {
        if (character is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC))
        {
            return Rune.GetUnicodeCategory(new Rune(character)) switch
            {
                UnicodeCategory.DecimalDigitNumber => Kind.Digit,
                UnicodeCategory.NonSpacingMark => Kind.Mark,
                _ => character is 0x060C or 0x066B or 0x066C ? Kind.Separator : Kind.Right,
            };
        }

        return character switch
        {
            >= '0' and <= '9' => Kind.Digit,
            '.' or ',' or ':' or '/' or 0xA0 => Kind.Separator,
            '%' or '#' or '$' or '+' or '-' or '°' or '€' or '‰' or '−' => Kind.Terminator,
            _ => Rune.GetUnicodeCategory(new Rune(character)) switch
            {
                UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => Kind.Mark,
                UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                    or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                    or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber
                    or UnicodeCategory.PrivateUse => Kind.Left,
                _ => Kind.Neutral,
            },
        };
    }

    private static int Mirrored(int character) => character switch
    {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '≤' => '≥',
        '≥' => '≤',
        _ => character,
    };
}
