using System.Numerics.Tensors;
using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// Infills missing pixels from their surroundings: each is the mean of its eight neighbors, with diagonal neighbors
/// weighted half, plus a little noise.
/// </summary>
internal sealed class NoisyInfill(ExplainedInput picture, double noise, int seed)
{
    private const double Beside = 1 / 6.0;
    private const double Diagonal = 1 / 12.0;
    private const double Converged = 1e-8;

    private readonly int _height = picture.Shape[1];
    private readonly int _width = picture.Shape[2];
    private readonly NormalNoise _noise = new(seed);

    public void Fill(ReadOnlySpan<int> missing, Span<float> filled)
    {
        picture.Values.CopyTo(filled);
        int area = _height * _width;
        int[] pixels = missing.ToArray();
        bool[] isMissing = new bool[area];
        foreach (int pixel in pixels)
            isMissing[pixel] = true;
        for (int c = 0; c < picture.Shape[0]; c++)
        {
            Span<float> channel = filled.Slice(c * area, area);
            double[] solution = Solve(channel, pixels, isMissing);
            for (int i = 0; i < pixels.Length; i++)
                channel[pixels[i]] = (float)(solution[i] + (noise * _noise.Next()));
        }
    }

    /// <summary>
    /// Solves by conjugate gradients, starting from the mean of the known pixels. If no pixel is known, the result is
    /// the mean of the whole channel.
    /// </summary>
    private double[] Solve(ReadOnlySpan<float> channel, int[] pixels, bool[] isMissing)
    {
        double[] plane = new double[channel.Length];
        double known = 0;
        double all = 0;
        for (int i = 0; i < plane.Length; i++)
        {
            all += channel[i];
            known += isMissing[i] ? 0 : channel[i];
        }

        double start = pixels.Length < plane.Length ? known / (plane.Length - pixels.Length) : all / plane.Length;
        for (int i = 0; i < plane.Length; i++)
            plane[i] = isMissing[i] ? start : channel[i];

        // The residual is the difference between the mean of a pixel's neighbors and the pixel.
        double[] solution = new double[pixels.Length];
        Array.Fill(solution, start);
        double[] residual = Array.ConvertAll(pixels, pixel => -Excess(plane, pixel));
        double[] direction = [.. residual];
        double squares = TensorPrimitives.SumOfSquares<double>(residual);
        double enough = squares * Converged * Converged;
        double[] moved = new double[plane.Length];
        double[] image = new double[pixels.Length];
        for (int i = 0; i < pixels.Length && squares > enough; i++)
        {
            for (int k = 0; k < pixels.Length; k++)
                moved[pixels[k]] = direction[k];
            for (int k = 0; k < pixels.Length; k++)
                image[k] = Excess(moved, pixels[k]);
            double step = squares / TensorPrimitives.Dot<double>(direction, image);
            TensorPrimitives.MultiplyAdd(direction, step, solution, solution);
            TensorPrimitives.MultiplyAdd(image, -step, residual, residual);
            double before = squares;
            squares = TensorPrimitives.SumOfSquares<double>(residual);
            TensorPrimitives.MultiplyAdd(direction, squares / before, residual, direction);
        }

        return solution;
    }

    /// <summary>Returns the sum over the neighbors of weight × (pixel − neighbor).</summary>
    private double Excess(double[] plane, int pixel)
    {
        (int y, int x) = Math.DivRem(pixel, _width);
        double excess = 0;
        for (int ny = Math.Max(y - 1, 0); ny <= Math.Min(y + 1, _height - 1); ny++)
        {
            for (int nx = Math.Max(x - 1, 0); nx <= Math.Min(x + 1, _width - 1); nx++)
            {
                double weight = ny == y || nx == x ? Beside : Diagonal;
                excess += weight * (plane[pixel] - plane[(ny * _width) + nx]);
            }
        }

        return excess;
    }
}
