namespace TorchBoard.Interpretation;

/// <summary>k-means of pixels by colour and place, in which a cluster only looks at pixels near it.</summary>
internal sealed class PixelClusters(float[] pixels, int channels, int height, int width, double placeWeight)
{
    private readonly double _range = Math.Max(pixels.Max() - (double)pixels.Min(), 1e-12);

    /// <summary>One round: centres of the clusters, then the nearest of them for each pixel.</summary>
    public void Assign(int[] clusterOf, int count, int reach)
    {
        double[] centres = Centres(clusterOf, count);
        double[] distances = new double[clusterOf.Length];
        Array.Fill(distances, double.PositiveInfinity);
        int size = channels + 2;
        for (int c = 0; c < count; c++)
        {
            ReadOnlySpan<double> centre = centres.AsSpan(c * size, size);
            if (double.IsNaN(centre[0]))
                continue;
            (int y0, int x0) = ((int)centre[channels], (int)centre[channels + 1]);
            for (int y = Math.Max(y0 - reach, 0); y <= Math.Min(y0 + reach, height - 1); y++)
            {
                for (int x = Math.Max(x0 - reach, 0); x <= Math.Min(x0 + reach, width - 1); x++)
                {
                    int pixel = (y * width) + x;
                    double distance = Distance(centre, pixel, y, x);
                    if (distance < distances[pixel])
                        (distances[pixel], clusterOf[pixel]) = (distance, c);
                }
            }
        }
    }

    /// <summary>The mean colour, row and column of each cluster; NaN of an empty one.</summary>
    private double[] Centres(int[] clusterOf, int count)
    {
        int size = channels + 2;
        double[] centres = new double[count * size];
        int[] members = new int[count];
        for (int pixel = 0; pixel < clusterOf.Length; pixel++)
        {
            Span<double> centre = centres.AsSpan(clusterOf[pixel] * size, size);
            members[clusterOf[pixel]]++;
            for (int c = 0; c < channels; c++)
                centre[c] += pixels[(c * clusterOf.Length) + pixel];
            centre[channels] += pixel / width;
            centre[channels + 1] += pixel % width;
        }

        for (int i = 0; i < centres.Length; i++)
            centres[i] /= members[i / size];
        return centres;
    }

    private double Distance(ReadOnlySpan<double> centre, int pixel, int y, int x)
    {
        double colour = 0;
        for (int c = 0; c < channels; c++)
        {
            double difference = (pixels[(c * height * width) + pixel] - centre[c]) / _range;
            colour += difference * difference;
        }

        (double down, double right) = (y - centre[channels], x - centre[channels + 1]);
        return colour + (placeWeight * placeWeight * ((down * down) + (right * right)));
    }
}
