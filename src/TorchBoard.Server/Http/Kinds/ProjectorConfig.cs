using System.Globalization;
using System.Text;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>
/// The embeddings that a <c>projector_config.pbtxt</c> lists: a message in protobuf's text format. Anything else is
/// left out.
/// </summary>
internal sealed class ProjectorConfig
{
    private const int MostDepth = 20;

    private readonly string _text;
    private int _at;

    private ProjectorConfig(string text) => _text = text;

    public static IReadOnlyList<Entry> Parse(string text)
    {
        var entries = new List<Entry>();
        foreach ((string name, object value) in new ProjectorConfig(text).Message(0))
        {
            if (name == "embeddings" && value is List<(string, object)> fields && EntryOf(fields) is { } entry)
                entries.Add(entry);
        }

        return entries;
    }

    private static Entry? EntryOf(List<(string Name, object Value)> fields)
    {
        List<int> shape = Numbers(fields, "tensor_shape");
        var sprite = fields.LastOrDefault(field => field.Name == "sprite").Value as List<(string Name, object Value)>;
        List<int> size = Numbers(sprite ?? [], "single_image_dim");
        string? picture = sprite is null ? null : Text(sprite, "image_path");
        return Text(fields, "tensor_path") is not { } path ? null : new Entry(
            Text(fields, "tensor_name") ?? path,
            path,
            Text(fields, "metadata_path"),
            shape is [_, var columns] ? columns : 0,
            picture is not null && size is [> 0 and var width, > 0 and var height] ? new Sprite(picture, width, height) : null);
    }

    private static string? Text(List<(string Name, object Value)> fields, string name) =>
        fields.LastOrDefault(field => field.Name == name).Value as string;

    private static List<int> Numbers(List<(string Name, object Value)> fields, string name) =>
    [
        .. fields.Where(field => field.Name == name).Select(field =>
            field.Value is string text && int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0),
    ];

    // Fields up to the end of the message, or up to anything that is not a field.
    private List<(string Name, object Value)> Message(int depth)
    {
        var fields = new List<(string, object)>();
        while (depth < MostDepth)
        {
            SkipBlanks();
            string name = Word();
            if (name.Length == 0)
                return fields;
            SkipBlanks();
            if (Take(':'))
                SkipBlanks();
            if (Take('{') || Take('<'))
            {
                fields.Add((name, Message(depth + 1)));
                SkipBlanks();
                if (!Take('}') && !Take('>'))
                    return fields;
            }
            else
            {
                fields.Add((name, Scalar()));
            }

            SkipBlanks();
            _ = Take(',') || Take(';');
        }

        _at = _text.Length;
        return fields;
    }

    private string Scalar()
    {
        if (_at == _text.Length || _text[_at] is not ('"' or '\''))
            return Word();
        char quote = _text[_at++];
        var bytes = new List<byte>();
        while (_at < _text.Length && _text[_at] != quote)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
                Escaped(bytes);
            }
            else
            {
                int length = char.IsHighSurrogate(_text[_at]) && _at + 1 < _text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(_text, _at, length));
                _at += length;
            }
        }

        _at = Math.Min(_at + 1, _text.Length);
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private void Escaped(List<byte> bytes)
    {
        int digits = 0;
        int number = 0;
        while (digits < 3 && _at < _text.Length && _text[_at] is >= '0' and <= '7')
        {
            number = (8 * number) + (_text[_at++] - '0');
            digits++;
        }

        if (digits > 0)
            bytes.Add((byte)number);
        else
            bytes.Add((byte)(_text[_at++] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var c => c }));
    }

    private string Word()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '-' or '+'))
            _at++;
        return _text[start.._at];
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == '#'))
        {
            if (_text[_at] == '#')
                _at = _text.IndexOf('\n', _at) is var end and >= 0 ? end : _text.Length;
            else
                _at++;
        }
    }

    private bool Take(char c)
    {
        if (_at == _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }

    /// <param name="Name">The name of the tensor.</param>
    /// <param name="TensorPath">The file of the vectors, below the run.</param>
    /// <param name="MetadataPath">The file of the labels; null if there is none.</param>
    /// <param name="Dimensions">The length of a vector; 0 if it is not stated.</param>
    /// <param name="Sprite">The pictures; null if there are none.</param>
    internal sealed record Entry(string Name, string TensorPath, string? MetadataPath, int Dimensions, Sprite? Sprite);

    internal sealed record Sprite(string Path, int Width, int Height);
}
