using System.Text;

namespace TorchBoard.Plugins;

/// <summary>
/// Cells of a Markdown table. TensorBoard splits a row at its bars before it interprets the cells, and pairs backticks
/// across cells; characters that would end a cell or the table are written as character references.
/// </summary>
internal static class MarkdownCell
{
    private const string LineBreak = "<br>";

    private static readonly string[] KeptTags = ["<br>", "<br/>", "<br />", "<http://", "<https://", "<mailto:"];

    /// <summary>Appends the Markdown of a cell such that its text, whatever it contains, stays in the cell.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<char> cell)
    {
        while (!cell.IsEmpty)
        {
            int length = cell[0] switch
            {
                '`' => AppendCode(text, cell),
                '\\' => AppendBackslash(text, cell),
                _ => 0,
            };
            if (length == 0)
            {
                AppendChar(text, cell);
                length = 1;
            }

            cell = cell[length..];
        }
    }

    /// <summary>Appends a code span or, if it is not closed, the backticks; returns the number of characters.</summary>
    private static int AppendCode(StringBuilder text, ReadOnlySpan<char> cell)
    {
        int ticks = Ticks(cell);
        int end = IndexOfTicks(cell[ticks..], ticks);
        if (end < 0)
        {
            for (int i = 0; i < ticks; i++)
                AppendReference(text, '`');
            return ticks;
        }

        int length = ticks + end + ticks;
        ReadOnlySpan<char> code = cell.Slice(ticks, end);
        if (code.IndexOfAny("|\\\n") < 0)
        {
            text.Append(cell[..length]);
            return length;
        }

        // A bar in a Markdown code span ends the cell, and a reference is not interpreted there.
        text.Append("<code>");
        foreach (char c in code)
        {
            if (c == '\n')
                text.Append(LineBreak);
            else if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c is > ' ' and < '\u007F')
                AppendReference(text, c);
            else
                text.Append(c);
        }

        text.Append("</code>");
        return length;
    }

    // As in Markdown, a backslash before a backtick or another backslash makes it plain text.
    private static int AppendBackslash(StringBuilder text, ReadOnlySpan<char> cell)
    {
        char next = cell.Length > 1 ? cell[1] : '|';
        if (next is '`' or '\\')
        {
            AppendReference(text, next);
            return 2;
        }

        if (next is '|' or '\n')
        {
            AppendReference(text, '\\');
            return 1;
        }

        return 0;
    }

    private static void AppendChar(StringBuilder text, ReadOnlySpan<char> cell)
    {
        switch (cell[0])
        {
            case '\n':
                text.Append(LineBreak);
                break;
            case '|':
                AppendReference(text, '|');
                break;
            case '<' when !IsKept(cell):
                AppendReference(text, '<');
                break;
            default:
                text.Append(cell[0]);
                break;
        }
    }

    private static bool IsKept(ReadOnlySpan<char> cell)
    {
        foreach (string tag in KeptTags)
        {
            if (cell.StartsWith(tag, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static int Ticks(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept('`') is var end and >= 0 ? end : text.Length;

    /// <summary>Returns the index of the next run of exactly that many backticks; -1 if there is none.</summary>
    private static int IndexOfTicks(ReadOnlySpan<char> text, int count)
    {
        int at = 0;
        while (text[at..].IndexOf('`') is var next and >= 0)
        {
            at += next;
            int ticks = Ticks(text[at..]);
            if (ticks == count)
                return at;
            at += ticks;
        }

        return -1;
    }

    private static void AppendReference(StringBuilder text, char c) => text.Append("&#").Append((int)c).Append(';');
}
