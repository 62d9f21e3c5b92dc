using TorchBoard.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>Creates pictures of model inputs to draw explanations over.</summary>
internal static class InputPictures
{
    /// <summary>Returns a picture of an input; null if the input is not a picture.</summary>
    /// <param name="input">[1, C, H, W], or any other shape.</param>
    /// <param name="options">The picture itself, or the normalization of the input.</param>
    public static Picture? Of(Tensor input, ExplainedModelOptions options)
    {
        if (options.Picture is { } picture)
            return picture;
        if (input.dim() != 4)
            return null;
        using DisposeScope scope = NewDisposeScope();
        using var host = new HostTensor(input, ScalarType.Float32);
        float[] values = host.Values<float>().ToArray();
        int[] shape = TensorArgument.ShapeOf(input, nameof(input))[1..];
        if (options.Normalization is { } normalization)
            return normalization.ToPicture(values, shape);

        if (shape[0] is not (1 or 3))
        {
            values = MeanOverChannels(values, shape[0]);
            shape = [1, .. shape[1..]];
        }

        (float least, float greatest) = (values.Min(), values.Max());
        if (least < 0 || greatest > 1)
            values = Array.ConvertAll(values, value => (value - least) / Math.Max(greatest - least, float.Epsilon));
        return Picture.FromPixels(values, ImageLayout.Chw, shape);
    }

    private static float[] MeanOverChannels(float[] values, int channels)
    {
        float[] mean = new float[values.Length / channels];
        for (int i = 0; i < values.Length; i++)
            mean[i % mean.Length] += values[i] / channels;
        return mean;
    }
}
