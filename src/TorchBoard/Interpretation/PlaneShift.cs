namespace TorchBoard.Interpretation;

/// <summary>Moves planes by chance, up and down and sideways; what leaves at one side comes in at the other.</summary>
/// <param name="shape">The shape; its last two dimensions are rows and columns where it has two.</param>
/// <param name="most">How far, at most.</param>
/// <param name="seed">The seed.</param>
internal sealed class PlaneShift(int[] shape, int most, int seed)
{
    private readonly Random _random = new(seed);
    private readonly int _rows = shape.Length < 2 ? 1 : shape[^2];
    private readonly int _columns = shape[^1];
    private int _down;
    private int _right;

    /// <summary>Chooses the next move.</summary>
    public void Next()
    {
        if (most == 0)
            return;
        _down = _random.Next(-most, most + 1);
        _right = _random.Next(-most, most + 1);
    }

    /// <summary>Back to where all is in its place.</summary>
    public void Reset() => (_down, _right) = (0, 0);

    /// <summary>Moves.</summary>
    public void Apply(ReadOnlySpan<float> values, Span<float> moved) => Move(values, moved, _down, _right);

    /// <summary>Moves back.</summary>
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
