namespace TorchBoard.Numerics;

/// <summary>Blurs planes with a Gaussian, in place; border values extend beyond the border.</summary>
internal sealed class GaussianBlur
{
    /// <summary>The Gaussian is negligible beyond this many standard deviations.</summary>
    private const int Deviations = 3;

    private readonly double[] _weights;

    /// <summary>Initializes a blur with a standard deviation in pixels.</summary>
    public GaussianBlur(double deviation)
    {
        int radius = (int)Math.Ceiling(Deviations * deviation);
        _weights = new double[(2 * radius) + 1];
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] = Math.Exp(-0.5 * Math.Pow((i - radius) / deviation, 2));
        double sum = _weights.Sum();
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] /= sum;
    }

    /// <summary>Blurs each plane of a shape whose last two dimensions are rows and columns.</summary>
    public void Apply(Span<float> values, ReadOnlySpan<int> shape)
    {
        (int rows, int columns) = (shape[^2], shape[^1]);
        float[] line = new float[Math.Max(rows, columns)];
        for (int start = 0; start < values.Length; start += rows * columns)
        {
            Span<float> plane = values.Slice(start, rows * columns);
            for (int row = 0; row < rows; row++)
                Apply(plane[(row * columns)..], columns, 1, line);
            for (int column = 0; column < columns; column++)
                Apply(plane[column..], rows, columns, line);
        }
    }

    private void Apply(Span<float> values, int length, int stride, float[] line)
    {
        for (int i = 0; i < length; i++)
            line[i] = values[i * stride];
        int radius = _weights.Length / 2;
        for (int i = 0; i < length; i++)
        {
            double sum = 0;
            for (int w = 0; w < _weights.Length; w++)
                sum += _weights[w] * line[Math.Clamp(i + w - radius, 0, length - 1)];
            values[i * stride] = (float)sum;
        }
    }
}
