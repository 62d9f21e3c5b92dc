namespace TorchBoard.Testing;

/// <summary>Names and texts within messages: with line breaks they could pass for other lines.</summary>
internal static class OneLine
{
    /// <summary>The text, as long as before, each control character but a tab replaced by U+FFFD.</summary>
    public static string Of(string text) => text.Any(IsReplaced)
        ? string.Concat(text.Select(c => IsReplaced(c) ? '\uFFFD' : c))
        : text;

    private static bool IsReplaced(char c) => char.IsControl(c) && c != '\t';
}
