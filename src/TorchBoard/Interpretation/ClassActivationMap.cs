using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TorchBoard.Imaging;
using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// Class activation maps: where in a picture a layer found what speaks for the score. Zhou et al., "Learning Deep
/// Features for Discriminative Localization", 2016, and what followed; see <see cref="CamMethod"/>.
/// </summary>
/// <remarks>
/// The layer is usually the last convolution. The score is the output of a class before softmax: the one predicted
/// where none is asked for.
/// </remarks>
public static class ClassActivationMap
{
    /// <summary>Makes the map to lay over a picture.</summary>
    /// <remarks>
    /// Of each layer: the raw map, what is below 0 set to 0, less its minimum, divided by its maximum + 1e-7, resized
    /// (bilinear, half-pixel centers); the mean over the layers, less its minimum, divided by its maximum + 1e-7.
    /// </remarks>
    /// <param name="method">How.</param>
    /// <param name="layers">One layer or several, of the same picture or batch.</param>
    /// <param name="height">Rows of the map: the picture's.</param>
    /// <param name="width">Columns of the map: the picture's.</param>
    /// <returns>
    /// Values from 0 to 1, shape [height, width], or [N, height, width] of a batch. All zero where nothing speaks for
    /// the score, or all places speak alike (<see cref="Attribution.IsAllZero"/>).
    /// </returns>
    /// <exception cref="ArgumentException">
    /// There is no layer, one lacks the gradients that the method needs, batches differ in size, or a size is below 1.
    /// </exception>
    public static Attribution Explain(CamMethod method, ReadOnlySpan<LayerActivations> layers, int height, int width)
    {
        if (layers.IsEmpty)
            throw new ArgumentException("There is no layer; at least one is wanted.", nameof(layers));
        Attribution[] maps = new Attribution[layers.Length];
        for (int i = 0; i < maps.Length; i++)
            maps[i] = RawMap(method, layers[i]);
        return Scale(maps, height, width);
    }

    /// <inheritdoc cref="Explain(CamMethod, ReadOnlySpan{LayerActivations}, int, int)"/>
    /// <param name="method">How.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="height">Rows of the map: the picture's.</param>
    /// <param name="width">Columns of the map: the picture's.</param>
    public static Attribution Explain(CamMethod method, LayerActivations layer, int height, int width) =>
        Scale([RawMap(method, layer)], height, width);

    /// <summary>Makes the map itself, of the layer's size, with its signs.</summary>
    /// <param name="method">How.</param>
    /// <param name="layer">The layer.</param>
    /// <returns>Values of any size and sign, shape [H, W], or [N, H, W] of a batch.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such method, or the layer lacks the gradients that it needs.
    /// </exception>
    public static Attribution RawMap(CamMethod method, LayerActivations layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (!Enum.IsDefined(method))
            throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method.");

        double[] maps = new double[layer.Count * layer.Area];
        for (int n = 0; n < layer.Count; n++)
            RawMap(method, layer, n, maps.AsSpan(n * layer.Area, layer.Area));
        return new Attribution(maps, layer.MapShape);
    }

    /// <summary>
    /// Makes the map of given channel weights: CAM by the class's row of the last linear layer's weights (Zhou et al.
    /// 2016), ScoreCAM and AblationCAM by theirs.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weights">One a channel, or for a batch one a picture and channel.</param>
    /// <returns>Values of any size and sign, shape [H, W], or [N, H, W] of a batch.</returns>
    /// <exception cref="ArgumentException">The number of weights is another, or one is not finite.</exception>
    public static Attribution RawMap(LayerActivations layer, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (weights.Length != layer.Channels && weights.Length != layer.Count * layer.Channels)
        {
            throw new ArgumentException(
                $"A weight for each of {layer.Channels} channels is wanted; {weights.Length} given.", nameof(weights));
        }

        double[] maps = new double[layer.Count * layer.Area];
        for (int n = 0; n < layer.Count; n++)
        {
            int first = weights.Length == layer.Channels ? 0 : n * layer.Channels;
            AddWeighted(
                layer.ActivationsOf(n), weights.Slice(first, layer.Channels), maps.AsSpan(n * layer.Area, layer.Area));
        }

        return new Attribution(maps, layer.MapShape);
    }

    /// <summary>The weights of the channels, of the methods that weigh channels as a whole.</summary>
    /// <param name="method">Grad-CAM, Grad-CAM++ or XGradCAM.</param>
    /// <param name="layer">The layer.</param>
    /// <returns>One a channel, or for a batch one a picture and channel.</returns>
    /// <exception cref="ArgumentException">
    /// The method weighs each place by itself, or the layer lacks the gradients that it needs.
    /// </exception>
    public static double[] ChannelWeights(CamMethod method, LayerActivations layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (method is not (CamMethod.GradCam or CamMethod.GradCamPlusPlus or CamMethod.XGradCam))
        {
            throw new ArgumentOutOfRangeException(
                nameof(method), method, "Only GradCam, GradCamPlusPlus and XGradCam weigh channels as a whole.");
        }

        double[] weights = new double[layer.Count * layer.Channels];
        for (int i = 0; i < weights.Length; i++)
        {
            (int picture, int channel) = Math.DivRem(i, layer.Channels);
            weights[i] = WeightOf(
                method,
                layer.ActivationsOf(picture).Slice(channel * layer.Area, layer.Area),
                layer.GradientsOf(picture, method).Slice(channel * layer.Area, layer.Area));
        }

        return weights;
    }

    /// <summary>
    /// Turns raw maps into the map to lay over a picture, as <see cref="Explain(CamMethod, LayerActivations, int,
    /// int)"/> does.
    /// </summary>
    /// <param name="rawMaps">One map or several, of several layers: shape [H, W], or [N, H, W] of a batch.</param>
    /// <param name="height">Rows of the map: the picture's.</param>
    /// <param name="width">Columns of the map: the picture's.</param>
    /// <returns>Values from 0 to 1, shape [height, width], or [N, height, width] of a batch.</returns>
    /// <exception cref="ArgumentException">
    /// There is no map, shapes have another rank, batches differ in size, or a size is below 1.
    /// </exception>
    public static Attribution Scale(ReadOnlySpan<Attribution> rawMaps, int height, int width)
    {
        if (rawMaps.IsEmpty)
            throw new ArgumentException("There is no map; at least one is wanted.", nameof(rawMaps));
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        foreach (Attribution map in rawMaps)
            ArgumentNullException.ThrowIfNull(map, nameof(rawMaps));
        ReadOnlySpan<int> first = rawMaps[0].Shape;
        int area = height * width;
        double[] mean = new double[(first.Length == 3 ? first[0] : 1) * area];
        foreach (Attribution map in rawMaps)
        {
            if (map.Shape.Length is not (2 or 3) || !map.Shape[..^2].SequenceEqual(first[..^2]))
            {
                throw new ArgumentException(
                    $"Maps have the shape [H, W], or [N, H, W] of one N; it is {Argument.Text(map.Shape)}.",
                    nameof(rawMaps));
            }

            double[] positive = new double[map.Values.Length];
            TensorPrimitives.Max(map.Values, 0, positive);
            int mapArea = map.Shape[^2] * map.Shape[^1];
            for (int start = 0; start < positive.Length; start += mapArea)
                Stretch(positive.AsSpan(start, mapArea));

            float[] resized = Resampling.Resize(
                Array.ConvertAll(positive, value => (float)value), map.Shape, height, width);
            AddShare(resized, 1.0 / rawMaps.Length, mean);
        }

        for (int start = 0; start < mean.Length; start += area)
            Stretch(mean.AsSpan(start, area));
        return new Attribution(mean, first.Length == 3 ? [first[0], height, width] : [height, width]);
    }

    private static void RawMap(CamMethod method, LayerActivations layer, int picture, Span<double> map)
    {
        ReadOnlySpan<float> activations = layer.ActivationsOf(picture);
        if (method == CamMethod.EigenCam)
        {
            double[] values = new double[activations.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = activations[i];
            PrincipalComponent.Project(values, layer.Channels, map);
            return;
        }

        ReadOnlySpan<float> gradients = layer.GradientsOf(picture, method);
        if (method is CamMethod.GradCam or CamMethod.GradCamPlusPlus or CamMethod.XGradCam)
        {
            double[] weights = new double[layer.Channels];
            for (int c = 0; c < weights.Length; c++)
            {
                weights[c] = WeightOf(
                    method, activations.Slice(c * layer.Area, layer.Area), gradients.Slice(c * layer.Area, layer.Area));
            }

            AddWeighted(activations, weights, map);
            return;
        }

        double[] products = new double[activations.Length];
        for (int i = 0; i < products.Length; i++)
        {
            double product = (double)gradients[i] * activations[i];
            products[i] = method switch
            {
                CamMethod.ElementWise => Math.Max(product, 0),
                CamMethod.LayerCam => Math.Max(gradients[i], 0) * (double)activations[i],
                _ => product,
            };
        }

        if (method == CamMethod.EigenGradCam)
        {
            PrincipalComponent.Project(products, layer.Channels, map);
            return;
        }

        for (int i = 0; i < products.Length; i++)
            map[i % map.Length] += products[i];
    }

    private static double WeightOf(CamMethod method, ReadOnlySpan<float> activations, ReadOnlySpan<float> gradients)
    {
        double sum = 0;
        foreach (float activation in activations)
            sum += activation;

        double weight = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            double g = gradients[i];
            weight += method switch
            {
                CamMethod.GradCam => g / gradients.Length,
                CamMethod.XGradCam => g * activations[i] / (sum + 1e-7),
                _ => g > 0 ? g * g * g / ((2 * g * g) + (sum * g * g * g) + 1e-6) : 0,
            };
        }

        return weight;
    }

    private static void AddWeighted(ReadOnlySpan<float> activations, ReadOnlySpan<double> weights, Span<double> map)
    {
        for (int c = 0; c < weights.Length; c++)
        {
            ReadOnlySpan<float> channel = activations.Slice(c * map.Length, map.Length);
            for (int i = 0; i < map.Length; i++)
                map[i] += weights[c] * channel[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddShare(ReadOnlySpan<float> values, double share, Span<double> mean)
    {
        for (int i = 0; i < mean.Length; i++)
            mean[i] += values[i] * share;
    }

    /// <summary>Less the minimum, divided by the maximum of that and a little.</summary>
    private static void Stretch(Span<double> values)
    {
        TensorPrimitives.Subtract(values, TensorPrimitives.Min<double>(values), values);
        TensorPrimitives.Divide(values, TensorPrimitives.Max<double>(values) + 1e-7, values);
    }
}
