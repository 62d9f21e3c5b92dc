namespace TorchBoard;

/// <summary>Text of a step: one string, or a table of them. Immutable, thread-safe.</summary>
public sealed class TextValue
{
    private readonly int[] _shape;
    private readonly string[] _strings;

    internal TextValue(int[] shape, string[] strings)
    {
        _shape = shape;
        _strings = strings;
    }

    /// <summary>The length of each dimension: empty for one string, two for a table's rows and columns.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The strings, row by row.</summary>
    public ReadOnlySpan<string> Strings => _strings;

    /// <summary>The one string, or all of them: cells of a row parted by tabs, rows by line feeds.</summary>
    public override string ToString()
    {
        int columns = _shape.Length == 2 ? Math.Max(1, _shape[1]) : 1;
        return string.Join('\n', _strings.Chunk(columns).Select(row => string.Join('\t', row)));
    }
}
