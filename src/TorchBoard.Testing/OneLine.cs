namespace TorchBoard.Testing;

/// <summary>Keeps names and texts on one line, so that they cannot imitate other lines of a message.</summary>
internal static class OneLine
{
    /// <summary>The text with each control character except tab replaced by U+FFFD; the length is unchanged.</summary>
    public static string Of(string text) => text.Any(IsReplaced)
        ? string.Concat(text.Select(c => IsReplaced(c) ? '\uFFFD' : c))
        : text;

    private static bool IsReplaced(char c) => char.IsControl(c) && c != '\t';
}
