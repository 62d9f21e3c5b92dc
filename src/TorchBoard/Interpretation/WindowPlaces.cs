namespace TorchBoard.Interpretation;

/// <summary>The positions of a window that slides over an array of any number of dimensions.</summary>
internal sealed class WindowPlaces
{
    private readonly int[] _shape;
    private readonly int[] _window;
    private readonly int[] _strides;
    private readonly int[] _steps;
    private readonly int[] _first;
    private readonly int[] _end;
    private readonly int[] _at;
    private readonly Range[] _hidden;

    public WindowPlaces(int[] shape, ReadOnlySpan<int> window, int[]? strides)
    {
        _shape = shape;
        _window = [.. shape];
        _strides = new int[shape.Length];
        _steps = new int[shape.Length];
        int leading = shape.Length - window.Length;
        if (window.IsEmpty || leading < 0)
        {
            throw new ArgumentException(
                $"The window must have at least one size, and no more than the shape {Argument.Text(shape)}; "
                + $"was {Argument.Text(window)}.",
                nameof(window));
        }

        if (strides?.Length is not (null or 1) && strides.Length != window.Length)
        {
            throw new ArgumentException(
                $"Expected 1 stride or {window.Length}, as many as the window has sizes; got {strides.Length}.",
                nameof(strides));
        }

        window.CopyTo(_window.AsSpan(leading));
        Count = 1;
        for (int d = 0; d < shape.Length; d++)
        {
            if (_window[d] < 1 || _window[d] > shape[d])
            {
                throw new ArgumentException(
                    $"The window's size in dimension {d} must be between 1 and {shape[d]}; was {_window[d]}.",
                    nameof(window));
            }

            _strides[d] = d < leading ? _window[d] : strides?[strides.Length == 1 ? 0 : d - leading] ?? 1;
            if (_strides[d] < 1 || _strides[d] > _window[d])
            {
                throw new ArgumentException(
                    $"The stride in dimension {d} must be between 1 and the window's size, {_window[d]}; "
                    + $"was {_strides[d]}.",
                    nameof(strides));
            }

            _steps[d] = ((shape[d] - _window[d] + _strides[d] - 1) / _strides[d]) + 1;
            Count = checked(Count * _steps[d]);
        }

        _first = new int[shape.Length];
        _end = new int[shape.Length];
        _at = new int[shape.Length];
        _hidden = new Range[_window[..^1].Aggregate(1, (rows, size) => rows * size)];
    }

    /// <summary>Number of positions.</summary>
    public int Count { get; }

    /// <summary>
    /// Returns the indices of the array that the window hides at a position, as ranges of consecutive ones. Valid until
    /// the next call.
    /// </summary>
    public ReadOnlySpan<Range> Hidden(int place)
    {
        int last = _shape.Length - 1;
        for (int d = last; d >= 0; d--)
        {
            (place, int step) = Math.DivRem(place, _steps[d]);
            _first[d] = step * _strides[d];
            _end[d] = Math.Min(_first[d] + _window[d], _shape[d]);
        }

        _first.CopyTo(_at, 0);
        for (int count = 0; ; count++)
        {
            int index = 0;
            for (int d = 0; d <= last; d++)
                index = (index * _shape[d]) + _at[d];
            _hidden[count] = index..(index + _end[last] - _first[last]);

            int moved = last - 1;
            while (moved >= 0 && ++_at[moved] == _end[moved])
                _at[moved] = _first[moved--];
            if (moved < 0)
                return _hidden.AsSpan(0, count + 1);
        }
    }
}
