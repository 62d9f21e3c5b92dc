namespace TorchBoard.Tool.Output;

/// <summary>Text from files as a terminal may be given it: control characters would command it.</summary>
internal static class Printable
{
    /// <summary>In one line.</summary>
    public static string Line(string text) => Replace(text, keepLines: false);

    /// <summary>With its lines and tabs.</summary>
    public static string Lines(string text) => Replace(text, keepLines: true);

    /// <summary>In one line, the end of a text that is too long left out.</summary>
    public static string Shortened(string text, int length)
    {
        string line = Line(text);
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    private static string Replace(string text, bool keepLines) => string.Create(text.Length, (text, keepLines), static (span, given) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            char c = given.text[i];
            bool isKept = !char.IsControl(c) || (given.keepLines && (c is '\n' or '\t'));
            span[i] = isKept ? c : c is '\n' or '\t' or '\r' ? ' ' : '\uFFFD';
        }
    });
}
