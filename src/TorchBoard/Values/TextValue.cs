namespace TorchBoard;

/// <summary>Text of a step: one string or a table of strings. Immutable, thread-safe.</summary>
public sealed class TextValue
{
    private readonly int[] _shape;
    private readonly string[] _strings;

    internal TextValue(int[] shape, string[] strings)
    {
        _shape = shape;
        _strings = strings;
    }

    /// <summary>The length of each dimension: none for one string, two (rows and columns) for a table.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The strings in row-major order.</summary>
    public ReadOnlySpan<string> Strings => _strings;

    /// <summary>Returns all strings, with tabs between the cells of a row and line feeds between rows.</summary>
    public override string ToString()
    {
        int columns = _shape.Length == 2 ? Math.Max(1, _shape[1]) : 1;
        return string.Join('\n', _strings.Chunk(columns).Select(row => string.Join('\t', row)));
    }
}
