namespace TorchBoard.Interpretation;

/// <summary>k-means clustering of pixels by color and position, where a cluster considers only nearby pixels.</summary>
internal sealed class PixelClusters(float[] pixels, int channels, int height, int width, double placeWeight)
{
    private readonly double _range = Math.Max(pixels.Max() - (double)pixels.Min(), 1e-12);

    /// <summary>
    /// Performs one iteration: computes the cluster centers, then assigns each pixel to the nearest one.
    /// </summary>
    public void Assign(int[] clusterOf, int count, int reach)
    {
        double[] centers = Centers(clusterOf, count);
        double[] distances = new double[clusterOf.Length];
        Array.Fill(distances, double.PositiveInfinity);
        int size = channels + 2;
        for (int c = 0; c < count; c++)
        {
            ReadOnlySpan<double> center = centers.AsSpan(c * size, size);
            if (double.IsNaN(center[0]))
                continue;
            (int y0, int x0) = ((int)center[channels], (int)center[channels + 1]);
            for (int y = Math.Max(y0 - reach, 0); y <= Math.Min(y0 + reach, height - 1); y++)
            {
                for (int x = Math.Max(x0 - reach, 0); x <= Math.Min(x0 + reach, width - 1); x++)
                {
                    int pixel = (y * width) + x;
                    double distance = Distance(center, pixel, y, x);
                    if (distance < distances[pixel])
                        (distances[pixel], clusterOf[pixel]) = (distance, c);
                }
            }
        }
    }

    /// <summary>Returns the mean color, row and column of each cluster; NaN for an empty one.</summary>
    private double[] Centers(int[] clusterOf, int count)
    {
        int size = channels + 2;
        double[] centers = new double[count * size];
        int[] members = new int[count];
        for (int pixel = 0; pixel < clusterOf.Length; pixel++)
        {
            Span<double> center = centers.AsSpan(clusterOf[pixel] * size, size);
            members[clusterOf[pixel]]++;
            for (int c = 0; c < channels; c++)
                center[c] += pixels[(c * clusterOf.Length) + pixel];
            center[channels] += pixel / width;
            center[channels + 1] += pixel % width;
        }

        for (int i = 0; i < centers.Length; i++)
            centers[i] /= members[i / size];
        return centers;
    }

    private double Distance(ReadOnlySpan<double> center, int pixel, int y, int x)
    {
        double color = 0;
        for (int c = 0; c < channels; c++)
        {
            double difference = (pixels[(c * height * width) + pixel] - center[c]) / _range;
            color += difference * difference;
        }

        (double down, double right) = (y - center[channels], x - center[channels + 1]);
        return color + (placeWeight * placeWeight * ((down * down) + (right * right)));
    }
}
