namespace TorchBoard.Drawing;

/// <summary>
/// Computes the exact share of each pixel that lies inside a path. Each edge adds its descent in the pixels it
/// crosses, weighted by the share of the pixel to its right. The running sum along a row is the coverage.
/// </summary>
internal sealed class PolygonCoverage
{
    private float[] _sums = [];
    private PixelBox _box;

    /// <summary>A row has one more sum than pixels because an edge also affects the pixel to its right.</summary>
    private int Stride => _box.Width + 1;

    /// <summary>Measures the part of a path that lies in a box.</summary>
    public void Measure(VectorPath path, PixelBox box)
    {
        _box = box;
        int length = Stride * box.Height;
        if (_sums.Length < length)
            _sums = new float[length];
        else
            _sums.AsSpan(0, length).Clear();

        foreach ((Point from, Point to) in path.Edges)
        {
            if (from.Y < to.Y)
                AddEdge(from, to, 1);
            else if (from.Y > to.Y)
                AddEdge(to, from, -1);
        }
    }

    /// <summary>Returns the coverage of a row of the box, 0 to 1 per pixel. Overwrites the row's sums.</summary>
    public Span<float> Row(int y)
    {
        Span<float> row = _sums.AsSpan((y - _box.Top) * Stride, _box.Width);
        float sum = 0;
        for (int x = 0; x < row.Length; x++)
        {
            sum += row[x];
            row[x] = Math.Min(Math.Abs(sum), 1);
        }

        return row;
    }

    private void AddEdge(Point top, Point bottom, int direction)
    {
        double slope = (bottom.X - top.X) / (bottom.Y - top.Y);
        double from = Math.Max(top.Y, _box.Top);
        double end = Math.Min(bottom.Y, _box.Bottom);
        for (int y = (int)Math.Floor(from); y < end; y++)
        {
            double next = Math.Min(y + 1, end);
            double x = top.X + ((from - top.Y) * slope);
            double nextX = top.X + ((next - top.Y) * slope);
            AddPiece((y - _box.Top) * Stride, x - _box.Left, nextX - _box.Left, direction * (next - from));
            from = next;
        }
    }

    /// <summary>Adds the part of an edge within one row.</summary>
    private void AddPiece(int row, double x, double nextX, double descent)
    {
        (double left, double right) = x < nextX ? (x, nextX) : (nextX, x);
        if (right <= 0)
        {
            Deposit(row, 0, descent, 0);
            return;
        }

        if (left >= _box.Width)
            return;

        int first = (int)Math.Floor(left);
        if (right <= first + 1)
        {
            Deposit(row, first, descent, ((left + right) / 2) - first);
            return;
        }

        double perPixel = descent / (right - left);
        if (left < 0)
        {
            Deposit(row, 0, -left * perPixel, 0);
            left = 0;
        }

        right = Math.Min(right, _box.Width);
        for (int pixel = (int)Math.Floor(left); pixel < right; pixel++)
        {
            double next = Math.Min(pixel + 1, right);
            Deposit(row, pixel, (next - left) * perPixel, ((left + next) / 2) - pixel);
            left = next;
        }
    }

    private void Deposit(int row, int pixel, double descent, double distance)
    {
        _sums[row + pixel] += (float)(descent * (1 - distance));
        _sums[row + pixel + 1] += (float)(descent * distance);
    }
}
