using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TorchBoard.Imaging;
using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// Class activation maps: where in a picture a layer detected what raises the score. Zhou et al., "Learning Deep
/// Features for Discriminative Localization", 2016, and later variants; see <see cref="CamMethod"/>.
/// </summary>
/// <remarks>
/// The layer is usually the last convolution. The score is the output of a class before softmax, usually the predicted
/// class.
/// </remarks>
public static class ClassActivationMap
{
    /// <summary>Creates the map to draw over a picture.</summary>
    /// <remarks>
    /// For each layer, the raw map is clipped at 0, reduced by its minimum, divided by its maximum + 1e-7 and resized
    /// (bilinear, half-pixel centers). The mean over the layers is then reduced by its minimum and divided by its
    /// maximum + 1e-7.
    /// </remarks>
    /// <param name="method">The method.</param>
    /// <param name="layers">One or more layers, for the same picture or batch.</param>
    /// <param name="height">The picture's height in pixels.</param>
    /// <param name="width">The picture's width in pixels.</param>
    /// <param name="eigenSmoothing">
    /// Whether the map is the first principal component of the channels' parts of the map rather than their sum, which
    /// removes noise (pytorch-grad-cam's <c>eigen_smooth</c>); false by default. EigenCAM and EigenGradCAM are such
    /// components anyway.
    /// </param>
    /// <returns>
    /// Values from 0 to 1, shape [height, width], or [N, height, width] for a batch. All 0 if nothing raises the score
    /// or all positions contribute equally (<see cref="Attribution.IsAllZero"/>).
    /// </returns>
    /// <exception cref="ArgumentException">
    /// There are no layers, a layer lacks the gradients that the method needs, batch sizes differ, or a size is less
    /// than 1.
    /// </exception>
    public static Attribution Explain(
        CamMethod method, ReadOnlySpan<LayerActivations> layers, int height, int width, bool eigenSmoothing = false)
    {
        if (layers.IsEmpty)
            throw new ArgumentException("At least one layer is required.", nameof(layers));
        Attribution[] maps = new Attribution[layers.Length];
        for (int i = 0; i < maps.Length; i++)
            maps[i] = RawMap(method, layers[i], eigenSmoothing);
        return Scale(maps, height, width);
    }

    /// <inheritdoc cref="Explain(CamMethod, ReadOnlySpan{LayerActivations}, int, int, bool)"/>
    /// <param name="method">The method.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="height">The picture's height in pixels.</param>
    /// <param name="width">The picture's width in pixels.</param>
    /// <param name="eigenSmoothing">Whether the map is the first principal component of its parts.</param>
    public static Attribution Explain(
        CamMethod method, LayerActivations layer, int height, int width, bool eigenSmoothing = false) =>
        Scale([RawMap(method, layer, eigenSmoothing)], height, width);

    /// <summary>Computes the map itself, at the layer's size and with its signs.</summary>
    /// <param name="method">The method.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="eigenSmoothing">
    /// Whether the map is the first principal component of the channels' parts of it rather than their sum; false by
    /// default.
    /// </param>
    /// <returns>Values of any size and sign, shape [H, W], or [N, H, W] for a batch.</returns>
    /// <exception cref="ArgumentException">
    /// The method does not exist, or the layer lacks the gradients that the method needs.
    /// </exception>
    public static Attribution RawMap(CamMethod method, LayerActivations layer, bool eigenSmoothing = false)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (!Enum.IsDefined(method))
            throw new ArgumentOutOfRangeException(nameof(method), method, "The method does not exist.");

        double[] maps = new double[layer.Count * layer.Area];
        for (int n = 0; n < layer.Count; n++)
            RawMap(method, layer, n, maps.AsSpan(n * layer.Area, layer.Area), eigenSmoothing);
        return new Attribution(maps, layer.MapShape);
    }

    /// <summary>
    /// Computes the map for given channel weights: CAM with the class's row of the last linear layer's weights (Zhou et
    /// al. 2016), ScoreCAM and AblationCAM with their own.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weights">One weight per channel, or for a batch one per picture and channel.</param>
    /// <param name="eigenSmoothing">
    /// Whether the map is the first principal component of the weighted channels rather than their sum; false by
    /// default.
    /// </param>
    /// <returns>Values of any size and sign, shape [H, W], or [N, H, W] for a batch.</returns>
    /// <exception cref="ArgumentException">The number of weights does not match, or a weight is not finite.</exception>
    public static Attribution RawMap(
        LayerActivations layer, ReadOnlySpan<double> weights, bool eigenSmoothing = false)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (weights.Length != layer.Channels && weights.Length != layer.Count * layer.Channels)
        {
            throw new ArgumentException(
                $"Expected a weight for each of {layer.Channels} channels, got {weights.Length}.", nameof(weights));
        }

        double[] maps = new double[layer.Count * layer.Area];
        for (int n = 0; n < layer.Count; n++)
        {
            int first = weights.Length == layer.Channels ? 0 : n * layer.Channels;
            Weight(
                layer.ActivationsOf(n), weights.Slice(first, layer.Channels), maps.AsSpan(n * layer.Area, layer.Area),
                eigenSmoothing);
        }

        return new Attribution(maps, layer.MapShape);
    }

    /// <summary>Returns the channel weights of a method that weights whole channels.</summary>
    /// <param name="method">Grad-CAM, Grad-CAM++ or XGradCAM.</param>
    /// <param name="layer">The layer.</param>
    /// <returns>One weight per channel, or for a batch one per picture and channel.</returns>
    /// <exception cref="ArgumentException">
    /// The method weights each position separately, or the layer lacks the gradients that the method needs.
    /// </exception>
    public static double[] ChannelWeights(CamMethod method, LayerActivations layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (method is not (CamMethod.GradCam or CamMethod.GradCamPlusPlus or CamMethod.XGradCam))
        {
            throw new ArgumentOutOfRangeException(
                nameof(method), method, "The method must be GradCam, GradCamPlusPlus or XGradCam.");
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
    /// Converts raw maps to the map to draw over a picture, as
    /// <see cref="Explain(CamMethod, LayerActivations, int, int, bool)"/> does.
    /// </summary>
    /// <param name="rawMaps">One or more maps, one per layer: shape [H, W], or [N, H, W] for a batch.</param>
    /// <param name="height">The picture's height in pixels.</param>
    /// <param name="width">The picture's width in pixels.</param>
    /// <returns>Values from 0 to 1, shape [height, width], or [N, height, width] for a batch.</returns>
    /// <exception cref="ArgumentException">
    /// There are no maps, a shape has another rank, batch sizes differ, or a size is less than 1.
    /// </exception>
    public static Attribution Scale(ReadOnlySpan<Attribution> rawMaps, int height, int width)
    {
        if (rawMaps.IsEmpty)
            throw new ArgumentException("At least one map is required.", nameof(rawMaps));
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
                    $"Maps must have the shape [H, W], or [N, H, W] with the same N; was {Argument.Text(map.Shape)}.",
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

    private static void RawMap(
        CamMethod method, LayerActivations layer, int picture, Span<double> map, bool eigenSmoothing)
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

            Weight(activations, weights, map, eigenSmoothing);
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

        if (method == CamMethod.EigenGradCam || eigenSmoothing)
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

    private static void Weight(
        ReadOnlySpan<float> activations, ReadOnlySpan<double> weights, Span<double> map, bool eigenSmoothing)
    {
        if (eigenSmoothing)
        {
            double[] parts = new double[activations.Length];
            for (int i = 0; i < parts.Length; i++)
                parts[i] = weights[i / map.Length] * activations[i];
            PrincipalComponent.Project(parts, weights.Length, map);
            return;
        }

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

    /// <summary>Subtracts the minimum, then divides by the maximum + 1e-7.</summary>
    private static void Stretch(Span<double> values)
    {
        TensorPrimitives.Subtract(values, TensorPrimitives.Min<double>(values), values);
        TensorPrimitives.Divide(values, TensorPrimitives.Max<double>(values) + 1e-7, values);
    }
}
