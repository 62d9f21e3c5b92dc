namespace TorchBoard.Interpretation;

/// <summary>The places of a window that slides over an array of any number of dimensions.</summary>
internal sealed class WindowPlaces
{
    private readonly int[] _shape;
    private readonly int[] _window;
    private readonly int[] _strides;
    private readonly int[] _steps;

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
                $"A window has a size for each of the last dimensions of the shape {Argument.Text(shape)}; "
                + $"{Argument.Text(window)} given.",
                nameof(window));
        }

        if (strides?.Length is not (null or 1) && strides.Length != window.Length)
        {
            throw new ArgumentException(
                $"Strides are one number, or {window.Length}, as the window has; {strides.Length} given.",
                nameof(strides));
        }

        window.CopyTo(_window.AsSpan(leading));
        Count = 1;
        for (int d = 0; d < shape.Length; d++)
        {
            if (_window[d] < 1 || _window[d] > shape[d])
            {
                throw new ArgumentException(
                    $"A window is 1 to {shape[d]} long in that dimension; {_window[d]} given.", nameof(window));
            }

            _strides[d] = d < leading ? _window[d] : strides?[strides.Length == 1 ? 0 : d - leading] ?? 1;
            if (_strides[d] < 1 || _strides[d] > _window[d])
            {
                throw new ArgumentException(
                    $"A stride is 1 to {_window[d]}, the window's size there, so that nothing is left out; "
                    + $"{_strides[d]} given.",
                    nameof(strides));
            }

            _steps[d] = ((shape[d] - _window[d] + _strides[d] - 1) / _strides[d]) + 1;
            Count = checked(Count * _steps[d]);
        }
    }

    /// <summary>How many places there are.</summary>
    public int Count { get; }

    /// <summary>The numbers of the array that the window hides at a place.</summary>
    public IEnumerable<int> Hidden(int place)
    {
        int[] first = new int[_shape.Length];
        int[] end = new int[_shape.Length];
        for (int d = _shape.Length - 1; d >= 0; d--)
        {
            (place, int step) = Math.DivRem(place, _steps[d]);
            first[d] = step * _strides[d];
            end[d] = Math.Min(first[d] + _window[d], _shape[d]);
        }

        int[] at = [.. first];
        while (true)
        {
            int index = 0;
            for (int d = 0; d < _shape.Length; d++)
                index = (index * _shape[d]) + at[d];
            yield return index;

            int moved = _shape.Length - 1;
            while (moved >= 0 && ++at[moved] == end[moved])
                at[moved] = first[moved--];
            if (moved < 0)
                yield break;
        }
    }
}
