using System.Text;

namespace TorchBoard.Embeddings;

/// <summary>
/// Edits the text of a <c>projector_config.pbtxt</c>, a message in protobuf's text format: replaces or appends an
/// entry, and leaves all others unchanged, including those of other programs.
/// </summary>
internal static class ProjectorConfig
{
    private const string EntryName = "embeddings";
    private const string KeyName = "tensor_name";

    /// <summary>
    /// Returns the text with the given entry in place of the entry with the same <c>tensor_name</c>, or at the end. A
    /// truncated text is discarded because no reader could parse it.
    /// </summary>
    public static string With(string config, string tensorName, string entry)
    {
        var result = new StringBuilder();
        bool replaced = false;
        if (Statements(config) is { } statements)
        {
            foreach ((string name, string text) in statements)
            {
                bool same = name == EntryName && KeyOf(text) == Quote(tensorName);
                result.Append(same ? (replaced ? "" : entry) : text + "\n");
                replaced |= same;
            }
        }

        return (replaced ? result : result.Append(entry)).ToString();
    }

    /// <summary>Returns an entry followed by a line break.</summary>
    public static string Entry(
        string tensorName, int count, int dimensions, string tensorPath, string? metadataPath,
        (string Path, int Width, int Height)? sprite)
    {
        var text = new StringBuilder($"{EntryName} {{\n  {KeyName}: {Quote(tensorName)}\n");
        if (metadataPath is not null)
            text.Append("  metadata_path: ").Append(Quote(metadataPath)).Append('\n');
        text.Append("  tensor_shape: ").Append(count).Append("\n  tensor_shape: ").Append(dimensions).Append('\n');
        if (sprite is var (path, width, height))
        {
            text.Append("  sprite {\n    image_path: ").Append(Quote(path))
                .Append("\n    single_image_dim: ").Append(width)
                .Append("\n    single_image_dim: ").Append(height).Append("\n  }\n");
        }

        return text.Append("  tensor_path: ").Append(Quote(tensorPath)).Append("\n}\n").ToString();
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (char.IsControl(c) && c < 0x80)
                quoted.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'));
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    // Returns the value of tensor_name in an entry, with its quotes.
    private static string? KeyOf(string entry)
    {
        int open = entry.IndexOfAny(['{', '<']);
        if (open < 0 || Statements(entry[(open + 1)..^1]) is not { } fields)
            return null;
        foreach ((string name, string text) in fields)
        {
            if (name == KeyName)
                return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        return null;
    }

    // Returns the statements of a message, each from its name to the end of its value; null if one is truncated.
    private static List<(string Name, string Text)>? Statements(string text)
    {
        var statements = new List<(string, string)>();
        int at = 0;
        while (true)
        {
            at = SkipBlanks(text, at);
            if (at == text.Length)
                return statements;
            int start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
                at++;
            string name = text[start..at];
            at = SkipBlanks(text, at);
            if (at < text.Length && text[at] == ':')
                at = SkipBlanks(text, at + 1);
            at = SkipValue(text, at);
            if (name.Length == 0 || at < 0)
                return null;
            statements.Add((name, text[start..at]));
        }
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length)
        {
            if (text[at] == '#')
                at = text.IndexOf('\n', at) is >= 0 and int end ? end : text.Length;
            else if (char.IsWhiteSpace(text[at]) || text[at] is ',' or ';')
                at++;
            else
                break;
        }

        return at;
    }

    // Returns the position after a number, a string or a block; -1 if it is truncated.
    private static int SkipValue(string text, int at)
    {
        int depth = 0;
        int start = at;
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (c is '"' or '\'')
            {
                at = EndOfText(text, at);
                if (at < 0)
                    return -1;
            }
            else if (c is '{' or '<' or '[')
            {
                depth++;
            }
            else if (c is '}' or '>' or ']')
            {
                depth--;
            }
            else if (depth > 0 || !(char.IsWhiteSpace(c) || c is ',' or ';'))
            {
                continue;
            }
            else
            {
                return at;
            }

            if (depth <= 0)
                return depth < 0 ? -1 : at + 1;
        }

        return depth == 0 && at > start ? at : -1;
    }

    private static int EndOfText(string text, int at)
    {
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == text[at])
                return i;
        }

        return -1;
    }
}
