using System.Text;

namespace TorchBoard.Tool.Output;

/// <summary>Text in Markdown documents.</summary>
internal static class Markdown
{
    /// <summary>Returns text from a file in one line, without the effects that Markdown would give it.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in Printable.Line(text))
        {
            if (c is '<' or '>' or '&')
                escaped.Append(c switch { '<' => "&lt;", '>' => "&gt;", _ => "&amp;" });
            else if (c is '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '~' or '$' or '#')
                escaped.Append('\\').Append(c);
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }
}
