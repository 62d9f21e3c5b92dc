namespace TorchBoard.Interpretation;

/// <summary>Shifts planes at random vertically and horizontally; pixels wrap around at the edges.</summary>
/// <param name="shape">The shape; its last two dimensions, if it has two, are rows and columns.</param>
/// <param name="most">The maximum shift in pixels.</param>
/// <param name="seed">The seed.</param>
internal sealed class PlaneShift(int[] shape, int most, int seed)
{
    private readonly Random _random = new(seed);
    private readonly int _rows = shape.Length < 2 ? 1 : shape[^2];
    private readonly int _columns = shape[^1];
    private int _down;
    private int _right;

    /// <summary>Draws the next shift.</summary>
    public void Next()
    {
        if (most == 0)
            return;
        _down = _random.Next(-most, most + 1);
        _right = _random.Next(-most, most + 1);
    }

    /// <summary>Sets the shift to 0.</summary>
    public void Reset() => (_down, _right) = (0, 0);

    /// <summary>Applies the shift.</summary>
    public void Apply(ReadOnlySpan<float> values, Span<float> moved) => Move(values, moved, _down, _right);

    /// <summary>Reverts the shift.</summary>
    public void Undo(ReadOnlySpan<float> moved, Span<float> values) => Move(moved, values, -_down, -_right);

    private void Move(ReadOnlySpan<float> from, Span<float> to, int down, int right)
    {
        (int top, int left) = (Wrapped(down, _rows), Wrapped(right, _columns));
        for (int row = 0; row < from.Length / _columns; row++)
        {
            int first = row / _rows * _rows;
            ReadOnlySpan<float> source = from.Slice(row * _columns, _columns);
            Span<float> target = to.Slice((first + ((row - first + top) % _rows)) * _columns, _columns);
            source[..(_columns - left)].CopyTo(target[left..]);
            source[(_columns - left)..].CopyTo(target);
        }
    }

    private static int Wrapped(int move, int size) => ((move % size) + size) % size;
}
