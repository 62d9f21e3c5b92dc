using System.Globalization;
using System.Text;

namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// Puts a line with Arabic or Hebrew in the order in which it is drawn. That is the part of Unicode's bidirectional
/// algorithm (UAX #9) without marks of direction and pairs of brackets: the first letter decides where the line
/// begins; numbers run from the left, as do other scripts; signs between two runs of one direction belong to both.
/// </summary>
internal static class RightToLeft
{
    private enum Kind
    {
        Left,
        Right,
        Digit,

        /// <summary>Between digits, a part of the number: 1.5, 10:30.</summary>
        Separator,

        /// <summary>Beside digits, a part of the number: 95 %, −3.</summary>
        Terminator,
        Mark,
        Neutral,
    }

    /// <summary>Whether a line has letters that run from the right.</summary>
    public static bool IsIn(string text) =>
        text.AsSpan().ContainsAnyInRange('\u0590', '\u08FF') || text.AsSpan().ContainsAnyInRange('\uFB1D', '\uFEFC');

    /// <summary>The line from the left, with joined letters.</summary>
    /// <param name="text">The line in the order in which it is read.</param>
    /// <param name="has">Whether there is a glyph for a character.</param>
    public static string FromTheLeft(string text, Func<int, bool> has)
    {
        int[] characters = [.. ArabicForms.Join([.. text.EnumerateRunes().Select(rune => rune.Value)], has)];
        int[] levels = Levels(characters);
        for (int i = 0; i < characters.Length; i++)
        {
            if (levels[i] % 2 == 1)
                characters[i] = Mirrored(characters[i]);
        }

        // What is at this level or deeper is turned around, from the deepest on.
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

    /// <summary>Even levels run from the left, odd ones from the right; each lies within the one below.</summary>
    private static int[] Levels(int[] characters)
    {
        Kind[] kinds = [.. characters.Select(KindOf)];
        Kind line = kinds.FirstOrDefault(kind => kind is Kind.Left or Kind.Right, Kind.Left);
        ResolveNumbers(kinds);

        // Digits after letters from the left are as these.
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
