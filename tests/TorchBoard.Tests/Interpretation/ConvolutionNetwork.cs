namespace TorchBoard.Tests.Interpretation;

/// <summary>The backward pass of a ReLU: inputs, gradients of the outputs, gradients of the inputs.</summary>
internal delegate void PassBack(
    ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient);

/// <summary>
/// A 3×3 convolution from one channel to two, all weights 1, biases −50 and −75; ReLU; flatten; a linear layer from 8
/// to 4 of which each row is five times 1 and three times −1; ReLU. For a picture of 4×4.
/// </summary>
internal static class ConvolutionNetwork
{
    private const int Side = 4;
    private const int MapSide = 2;
    private const int Area = MapSide * MapSide;
    private const int Kernel = 3;

    private static readonly float[] Biases = [-50, -75];
    private static readonly float[] Row = [1, 1, 1, 1, 1, -1, -1, -1];

    public static readonly float[] Picture = [.. Enumerable.Range(0, 16).Select(i => (float)i)];

    public static readonly int[] LayerShape = [2, MapSide, MapSide];

    public static float[] Convolution(ReadOnlySpan<float> picture)
    {
        float[] maps = new float[2 * Area];
        for (int i = 0; i < maps.Length; i++)
        {
            maps[i] = Biases[i / Area];
            foreach (int pixel in PixelsOf(i))
                maps[i] += picture[pixel];
        }

        return maps;
    }

    public static float[] Relu(float[] values) => Array.ConvertAll(values, value => Math.Max(value, 0));

    public static double Score(float[] afterRelu) => Math.Max(Row.Zip(afterRelu, (w, a) => (double)w * a).Sum(), 0);

    /// <summary>Returns the score from pictures.</summary>
    public static void Predict(ReadOnlySpan<float> pictures, int count, Span<double> scores)
    {
        for (int n = 0; n < count; n++)
            scores[n] = Score(Relu(Convolution(pictures.Slice(n * Side * Side, Side * Side))));
    }

    /// <summary>Returns the score from the convolution's outputs.</summary>
    public static void PredictFromConvolution(ReadOnlySpan<float> maps, int count, Span<double> scores)
    {
        for (int n = 0; n < count; n++)
            scores[n] = Score(Relu(maps.Slice(n * 2 * Area, 2 * Area).ToArray()));
    }

    /// <summary>Returns the gradients at the outputs of ReLU and convolution, and at the picture.</summary>
    public static (float[] Relu, float[] Convolution, float[] Picture) Backward(float[] picture, PassBack relu)
    {
        float[] maps = Convolution(picture);
        float[] top = [1];
        relu([(float)Score(Relu(maps))], top, top);
        float[] byRelu = Array.ConvertAll(Row, weight => weight * top[0]);
        float[] byConvolution = new float[byRelu.Length];
        relu(maps, byRelu, byConvolution);
        float[] byPicture = new float[picture.Length];
        for (int i = 0; i < maps.Length; i++)
        {
            foreach (int pixel in PixelsOf(i))
                byPicture[pixel] += byConvolution[i];
        }

        return (byRelu, byConvolution, byPicture);
    }

    private static IEnumerable<int> PixelsOf(int place)
    {
        (int top, int left) = Math.DivRem(place % Area, MapSide);
        for (int y = 0; y < Kernel; y++)
        {
            for (int x = 0; x < Kernel; x++)
                yield return ((top + y) * Side) + left + x;
        }
    }
}
