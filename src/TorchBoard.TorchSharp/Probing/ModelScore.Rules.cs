using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

public sealed partial class ModelScore
{
    private static readonly HashSet<string> Relus = ["ReLU"];

    private static readonly HashSet<string> Nonlinearities =
    [
        "ReLU", "ReLU6", "LeakyReLU", "ELU", "CELU", "SELU", "GELU", "SiLU", "Mish", "Sigmoid", "Tanh", "Softplus",
        "Softsign", "Hardsigmoid", "Hardswish", "Hardtanh", "LogSigmoid", "Tanhshrink", "Softshrink", "Hardshrink",
    ];

    private static readonly HashSet<string> MaxPools =
    [
        "MaxPool1d", "MaxPool2d", "MaxPool3d", "AdaptiveMaxPool1d", "AdaptiveMaxPool2d", "AdaptiveMaxPool3d",
    ];

    private static readonly HashSet<string> DeepLiftModules = [.. Nonlinearities, .. MaxPools];

    /// <summary>
    /// Explains the score by guided backpropagation: every ReLU passes back only positive gradients, and only where its
    /// input was positive. Springenberg et al., "Striving for Simplicity: The All Convolutional Net", 2015.
    /// </summary>
    /// <returns>
    /// Values of any sign, in units of the score per unit of the input, of the input's shape.
    /// <see cref="Attribution.Score"/> is set.
    /// </returns>
    /// <remarks>
    /// Only <c>nn.ReLU</c> modules invoked through <c>call</c> follow the rule, not functions such as <c>relu()</c>.
    /// </remarks>
    /// <exception cref="InvalidOperationException">No <c>nn.ReLU</c> module was called.</exception>
    public Attribution GuidedBackpropagation() => ByRelus((call, arrived) =>
        arrived.clamp_min(HeldScalars.Zero) * (call.Input > HeldScalars.Zero).to_type(arrived.dtype));

    /// <summary>
    /// Explains the score by deconvolution: every ReLU passes back only positive gradients, regardless of its input.
    /// Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2014.
    /// </summary>
    /// <inheritdoc cref="GuidedBackpropagation"/>
    public Attribution Deconvolution() => ByRelus((_, arrived) => arrived.clamp_min(HeldScalars.Zero));

    /// <summary>
    /// Explains the score by DeepLIFT with the rescale rule: propagates the difference between the scores of the input
    /// and a baseline back through the network; every nonlinearity multiplies its gradient by Δout/Δin. Shrikumar,
    /// Greenside and Kundaje, "Learning Important Features Through Propagating Activation Differences", 2017.
    /// </summary>
    /// <param name="baseline">
    /// The baseline to compare the input with: one number for all, or one per number of the input. Zeros by default.
    /// </param>
    /// <returns>
    /// Values in units of the score, of the input's shape. <see cref="Attribution.Delta"/> is set; it is near 0 if all
    /// nonlinearities follow the rule.
    /// </returns>
    /// <remarks>
    /// The rule applies to TorchSharp's elementwise modules (ReLU and its variants, Sigmoid, Tanh, GELU, SiLU, …)
    /// invoked through <c>call</c>. Max pooling modules attribute what the input gained over the baseline to the place
    /// of the input's maximum, and what it lost to the place of the baseline's maximum, as Captum does. Everything
    /// else, such as softmax and functions, passes back its gradient.
    /// </remarks>
    /// <exception cref="ArgumentException">The baseline has another length or is not finite.</exception>
    public Attribution DeepLift(float[]? baseline = null)
    {
        ThrowIfIntegers();
        float[] from = Expanded(baseline);
        using DisposeScope scope = NewDisposeScope();
        using var withGradients = new GradientMode();
        using var backward = new CutBackward(_model, Batch([.. _input, .. from], 2), DeepLiftModules, _forward);
        Tensor put = backward.Scores(Target);
        float[] arrived = new float[_input.Length];
        CopyTo(backward.From(put.narrow(0, 0, 1).sum(), Propagate).narrow(0, 0, 1), arrived);
        double[] scores = new double[2];
        ModelOutput.Copy(put, scores);
        return DeepLiftRule.Explain(_input, from, arrived, scores[0], scores[1], _shape);
    }

    private float[] Expanded(float[]? baseline)
    {
        if (baseline is not (null or [_]) && baseline.Length != _input.Length)
        {
            throw new ArgumentException(
                $"The baseline must be 1 value or {_input.Length}, as many as the input; got {baseline.Length}.",
                nameof(baseline));
        }

        if (baseline is not null && !Array.TrueForAll(baseline, float.IsFinite))
            throw new ArgumentException("The baseline must be finite.", nameof(baseline));
        float[] expanded = new float[_input.Length];
        if (baseline is [float all])
            Array.Fill(expanded, all);
        else
            baseline?.CopyTo(expanded, 0);
        return expanded;
    }

    // The first half of the batch is the input, the second the baseline.
    private static Tensor Propagate(CutCall call, Tensor arrived)
    {
        Tensor[] inputs = call.Input.detach().chunk(2, 0);
        Tensor[] outputs = call.Output.detach().chunk(2, 0);
        Tensor difference = inputs[0] - inputs[1];
        Tensor isSame = difference.abs() < HeldScalars.LeastDifference;
        Tensor divisor = difference.masked_fill(isSame, HeldScalars.One);
        Tensor multiplier = arrived.chunk(2, 0)[0];
        Tensor contribution = MaxPools.Contains(new ModulePlace("", call.Module, 0).TypeName)
            ? MaxPooling(call.Module, inputs, outputs, multiplier)
            : (outputs[0] - outputs[1]) * multiplier;

        // If input and baseline are equal, the slope is the derivative, which the module itself computes.
        Tensor passed = where(isSame, GradientOf(call.Module, inputs[0], multiplier), contribution / divisor);
        return cat([passed, zeros_like(passed)], 0);
    }

    private static Tensor MaxPooling(nn.Module pooling, Tensor[] inputs, Tensor[] outputs, Tensor multiplier)
    {
        Tensor greater = maximum(outputs[0], outputs[1]);
        Tensor gained = GradientOf(pooling, inputs[0], (greater - outputs[1]) * multiplier);
        Tensor lost = GradientOf(pooling, inputs[1], (outputs[0] - greater) * multiplier);
        return gained.add(lost, HeldScalars.One);
    }

    private static Tensor GradientOf(nn.Module module, Tensor input, Tensor outputGradient)
    {
        Tensor leaf = input.clone().requires_grad_();
        var put = (Tensor)ModuleCall.Invoke(module, [leaf.clone()])!;
        return BackwardPass.Gradients((put * outputGradient).sum(), [leaf], module)[0]!;
    }

    private Attribution ByRelus(BackwardRule rule)
    {
        ThrowIfIntegers();
        using DisposeScope scope = NewDisposeScope();
        using var withGradients = new GradientMode();
        using var backward = new CutBackward(_model, Batch(_input, 1), Relus, _forward);
        if (backward.IsWhole)
        {
            throw new InvalidOperationException(
                $"No nn.ReLU module of {_model.GetType().Name} was called. Functions such as relu() are not visible: "
                + "the model must use nn.ReLU().call(…).");
        }

        float[] arrived = new float[_input.Length];
        CopyTo(backward.From(backward.Scores(Target).sum(), rule), arrived);
        return new Attribution(Array.ConvertAll(arrived, value => (double)value), _shape) { Score = Score };
    }
}
