using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchBoard.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

public sealed partial class ModelScore
{
    /// <summary>Explains the score by the output of a layer: gradient times activation.</summary>
    /// <param name="layer">
    /// The layer's path, such as <c>features.conv2</c>. If it is called several times, the last call counts; if it
    /// outputs several tensors, the first.
    /// </param>
    /// <returns>
    /// Values in units of the score, of the shape of the layer's output. <see cref="Attribution.Score"/> is set.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The layer does not exist or does not output floating-point numbers [1, …].
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The layer was not called, or the score does not depend on it differentiably.
    /// </exception>
    public Attribution LayerGradientTimesActivation(string layer)
    {
        ModelScore at = AtLayer(layer);
        return InputTimesGradient.Explain(at.Gradient, at._input, at._shape);
    }

    /// <summary>
    /// Explains the score by the output of a layer: integrated gradients on the straight path from the layer's output
    /// for a baseline to its output for the input. For tokens, the layer is their embedding.
    /// </summary>
    /// <param name="layer">
    /// The layer's path, such as <c>embedding</c>. If it is called several times, the last call counts; if it outputs
    /// several tensors, the first.
    /// </param>
    /// <param name="options">
    /// Steps (50), batch size (32) and the baseline, an input of the model: one number for all, such as the token for
    /// padding, or one per number of the input. Zeros by default.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the shape of the layer's output; [T, D] for an embedding, of which
    /// <see cref="Attribution.SumOverLast"/> is the contribution of each token. <see cref="Attribution.Score"/>,
    /// <see cref="Attribution.BaselineScore"/>, for which only the layer's output is that of the baseline, and
    /// <see cref="Attribution.Delta"/> are set.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The layer does not exist or does not output floating-point numbers [1, …], or the baseline has another length or
    /// is not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The layer was not called, or the score does not depend on it differentiably.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public Attribution LayerIntegratedGradients(
        string layer, IntegratedGradientsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new IntegratedGradientsOptions();
        float[] from = Expanded(options.Baseline);
        ModelScore at = AtLayer(layer);
        float[] baseline = new float[at._input.Length];
        using (NewDisposeScope())
        {
            ModulePlace place = ModuleTree.FindCallable(_model, layer, nameof(layer));
            using LayerCapture capture = CapturedOutput(_model, place, Batch(from, 1), _forward);
            CopyTo(capture.Output!, baseline);
        }

        return IntegratedGradients.Explain(
            at.Gradient, at._input, at._shape, options with { Baseline = baseline }, cancellationToken);
    }

    /// <summary>
    /// Explains the score by the output of a layer: how much of the integrated gradients of the input flows through
    /// each neuron. Dhamdhere, Sundararajan and Yan, "How Important Is a Neuron?", 2018.
    /// </summary>
    /// <param name="layer">
    /// The layer's path, such as <c>features.conv2</c>. If it is called several times, the last call counts; if it
    /// outputs several tensors, the first.
    /// </param>
    /// <param name="options">
    /// The baseline where the path of inputs starts (zeros by default), steps (50) and batch size (32).
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the shape of the layer's output. <see cref="Attribution.Score"/>,
    /// <see cref="Attribution.BaselineScore"/> and <see cref="Attribution.Delta"/> are set: if the score depends on the
    /// input only through the layer, the values should sum to the difference of the scores.
    /// </returns>
    /// <remarks>
    /// As in Captum, the gradient at each of the points, of a Gauss–Legendre rule, is multiplied by the change of the
    /// layer's output up to the next point. The model evaluates <see cref="IntegratedGradientsOptions.Steps"/> + 2
    /// inputs.
    /// </remarks>
    /// <inheritdoc cref="LayerIntegratedGradients"/>
    public Attribution LayerConductance(
        string layer, IntegratedGradientsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new IntegratedGradientsOptions();
        float[] from = Expanded(options.Baseline);
        (double[] points, _) = GaussLegendre.Rule(options.Steps + 1);
        double[] values = [];
        float[] activationsBefore = [];
        float[] gradientsBefore = [];
        int[] shape = OnPath(layer, from, points, options, Take, cancellationToken);
        double[] baselineScore = new double[1];
        Predict(from, 1, baselineScore);
        return new Attribution(values, shape)
        {
            Score = Score,
            BaselineScore = baselineScore[0],
            IsInUnitsOfScore = true,
            Delta = values.Sum() - (Score - baselineScore[0]),
        };

        void Take(int point, ReadOnlySpan<float> activations, ReadOnlySpan<float> gradients)
        {
            if (point == 0)
                values = new double[activations.Length];
            for (int i = 0; point > 0 && i < values.Length; i++)
                values[i] += gradientsBefore[i] * ((double)activations[i] - activationsBefore[i]);
            (activationsBefore, gradientsBefore) = (activations.ToArray(), gradients.ToArray());
        }
    }

    /// <summary>
    /// Explains the score by the output of a layer: the mean gradient with respect to each neuron on the straight path
    /// of inputs from a baseline to the input. Leino et al., "Influence-Directed Explanations for Deep Convolutional
    /// Networks", 2018.
    /// </summary>
    /// <param name="layer">
    /// The layer's path, such as <c>features.conv2</c>. If it is called several times, the last call counts; if it
    /// outputs several tensors, the first.
    /// </param>
    /// <param name="options">
    /// The baseline where the path of inputs starts (zeros by default), steps (50) and batch size (32).
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score per unit of the activation, of the shape of the layer's output.
    /// <see cref="Attribution.Score"/> is set.
    /// </returns>
    /// <inheritdoc cref="LayerIntegratedGradients"/>
    public Attribution InternalInfluence(
        string layer, IntegratedGradientsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new IntegratedGradientsOptions();
        (double[] points, double[] weights) = GaussLegendre.Rule(options.Steps);
        double[] values = [];
        int[] shape = OnPath(layer, Expanded(options.Baseline), points, options, Take, cancellationToken);
        return new Attribution(values, shape) { Score = Score };

        void Take(int point, ReadOnlySpan<float> activations, ReadOnlySpan<float> gradients)
        {
            if (point == 0)
                values = new double[gradients.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] += weights[point] * gradients[i];
        }
    }

    private delegate void TakeLayer(int point, ReadOnlySpan<float> activations, ReadOnlySpan<float> gradients);

    // Calls the model with inputs on the path from a baseline, at shares of the way; returns the shape of the layer.
    private int[] OnPath(
        string layer, float[] from, double[] shares, ExplanationOptions options, TakeLayer take,
        CancellationToken cancellationToken)
    {
        ThrowIfIntegers();
        using var probe = new ModelProbe(_model, layer);
        int[] shape = [];
        for (int start = 0; start < shares.Length; start += options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(options.BatchSize, shares.Length - start);
            float[] inputs = new float[checked(count * _input.Length)];
            for (int i = 0; i < inputs.Length; i++)
            {
                (int n, int at) = Math.DivRem(i, _input.Length);
                inputs[i] = (float)(from[at] + (shares[start + n] * ((double)_input[at] - from[at])));
            }

            using (NewDisposeScope())
                probe.Run(Batch(inputs, count), Target, _forward);
            shape = TensorArgument.ShapeOf(probe.ActivationsOf(layer), nameof(layer));
            if (shape.Length == 0 || shape[0] != count)
            {
                throw new ArgumentException(
                    $"Layer '{layer}' must output [{count}, …] for {count} inputs; was [{string.Join(", ", shape)}].",
                    nameof(layer));
            }

            using var activations = new HostTensor(probe.ActivationsOf(layer), ScalarType.Float32);
            using var gradients = new HostTensor(probe.GradientsOf(layer), ScalarType.Float32);
            int length = activations.Values<float>().Length / count;
            for (int n = 0; n < count; n++)
            {
                take(
                    start + n,
                    activations.Values<float>().Slice(n * length, length),
                    gradients.Values<float>().Slice(n * length, length));
            }

            options.Progress?.Report((double)(start + count) / shares.Length);
        }

        return shape[1..];
    }

    // The same score, as a function of the layer's output.
    private ModelScore AtLayer(string layer)
    {
        using DisposeScope scope = NewDisposeScope();
        return FromLayer(_model, Batch(_input, 1), layer, Target, _forward);
    }

    private static LayerCapture CapturedOutput(
        nn.Module model, ModulePlace place, Tensor batch, Func<Tensor, object?> forward)
    {
        using IDisposable noGradients = no_grad();
        return LayerCapture.Of(model, place, batch, forward);
    }

    private static Tensor FloatsOf(ModulePlace place, LayerCapture capture, string layer = "layer") =>
        TensorArgument.IsFloatingPoint(capture.Output!.dtype)
            ? capture.Output
            : throw new ArgumentException(
                $"Layer '{place.Path}' outputs {capture.Output.dtype}, which has no gradient; a layer that outputs "
                + "floating-point numbers is required.",
                nameof(layer));
}
