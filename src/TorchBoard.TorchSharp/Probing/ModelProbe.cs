using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>
/// Captures the outputs of a model's layers for an input, and the gradients of a score with respect to them, for
/// feature maps and class activation maps. Not thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// Hooks exist only during <see cref="Run"/>. The model is called in evaluation mode, and each module's mode is
/// restored. No gradient of a parameter changes, whether parameters are frozen or not. The caller may be inside
/// <c>no_grad()</c> or <c>inference_mode()</c>, but the model must not have been created in inference mode.
/// </para>
/// <para>
/// Hooks see calls through <c>call</c>, as Sequential does, not through <c>forward</c>. If a layer is called several
/// times, the last call counts. Later layers that work in place do not change the captured tensors.
/// </para>
/// </remarks>
public sealed class ModelProbe : IDisposable
{
    private readonly nn.Module _model;
    private readonly ModulePlace[] _places;
    private readonly Dictionary<string, Taken> _taken = new(StringComparer.Ordinal);
    private ModelTarget[] _targets = [];
    private double[] _scores = [];
    private bool _isDisposed;

    /// <summary>Initializes a probe for layers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">
    /// The paths of the layers in the module tree, such as <c>features.conv2</c>; at least one. A shared module can be
    /// specified by any of its paths.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no layers, a layer does not exist (the message suggests similar names), or it cannot be called.
    /// </exception>
    public ModelProbe(nn.Module model, params string[] layers)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Length == 0)
            throw new ArgumentException("At least one layer is required.", nameof(layers));
        _model = model;
        _places =
        [
            .. layers.Distinct(StringComparer.Ordinal)
                .Select(layer => ModuleTree.FindCallable(model, layer, nameof(layers))),
        ];
    }

    /// <summary>The paths of the layers.</summary>
    public IReadOnlyList<string> Layers => [.. _places.Select(place => place.Path)];

    /// <summary>
    /// The target of each input, with open choices resolved, such as the class with the highest score; empty before
    /// <see cref="Run"/>.
    /// </summary>
    public IReadOnlyList<ModelTarget> Targets => _targets;

    /// <summary>The score of each input; empty before <see cref="Run"/>.</summary>
    public IReadOnlyList<double> Scores => _scores;

    /// <summary>Calls the model once and captures the layers' outputs and gradients.</summary>
    /// <param name="input">
    /// One or more inputs, with a batch dimension: [N, …]. The input is converted to the model's device and type.
    /// </param>
    /// <param name="target">
    /// The score: a class, such as <c>3</c>, or a function of any output. By default the class with the highest score
    /// of each input, for a model that outputs [N, classes] or [N].
    /// </param>
    /// <param name="forward">
    /// Calls the model with the input if it takes more than one argument: <c>x =&gt; model.call(x, mask)</c>. By
    /// default <c>model.call(x)</c>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The input cannot be read or has no batch dimension, the target does not match the model's output, or its
    /// function does not return one score per input.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A layer was not called, the score does not depend on it, or the model changes a value in place that its gradient
    /// needs.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The probe is disposed.</exception>
    public void Run(Tensor input, ModelTarget? target = null, Func<Tensor, object?>? forward = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ModuleCall.ThrowIfUnfit(_model, input, forward, nameof(input));
        if (input.dim() == 0)
        {
            throw new ArgumentException(
                "The input must have a batch dimension, [N, …].", nameof(input));
        }

        Forget();
        LayerCapture[] captures = [.. _places.Select(_ => new LayerCapture())];
        using DisposeScope scope = NewDisposeScope();
        using var gradients = new GradientMode();
        try
        {
            target ??= ModelTarget.Greatest;
            var output = new ModelOutput(
                Call(input, captures, ModuleCall.By(_model, forward)),
                _model.GetType().Name,
                input.shape[0]);
            ModelTarget[] targets = [.. Enumerable.Range(0, (int)output.Count).Select(n => target.BoundTo(output, n))];
            Tensor scores = target.Scores(output);
            Take(captures, scores);
            _targets = targets;
            _scores = new double[targets.Length];
            ModelOutput.Copy(scores, _scores);
        }
        finally
        {
            foreach (LayerCapture capture in captures)
                capture.Dispose();
        }
    }

    /// <summary>Returns the output of a layer.</summary>
    /// <param name="layer">The layer's path.</param>
    /// <returns>A tensor that belongs to the probe, on the model's device; [N, C, H, W] for a convolution.</returns>
    /// <exception cref="ArgumentException">The layer is not one of the probe's layers.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Run"/> was not called.</exception>
    public Tensor ActivationsOf(string layer) => TakenOf(layer).Activations;

    /// <summary>Returns the gradients of each input's score with respect to a layer's output.</summary>
    /// <param name="layer">The layer's path.</param>
    /// <returns>A tensor that belongs to the probe, with the shape of the activations.</returns>
    /// <exception cref="ArgumentException">The layer is not one of the probe's layers.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Run"/> was not called, or the layer outputs integers.
    /// </exception>
    public Tensor GradientsOf(string layer) =>
        TakenOf(layer).Gradients
        ?? throw new InvalidOperationException(
            $"Layer '{layer}' outputs {TakenOf(layer).Activations.dtype}, which has no gradient.");

    /// <summary>
    /// Copies a layer's activations and gradients for <see cref="ClassActivationMap"/>, <see cref="ScoreCam"/> and
    /// <see cref="AblationCam"/>.
    /// </summary>
    /// <param name="layer">The layer's path.</param>
    /// <param name="tokens">
    /// For a transformer, the positions of the tokens [N, T, D] on the picture; null, the default, if the layer outputs
    /// planes.
    /// </param>
    /// <returns>A batch of N, [N, C, H, W].</returns>
    /// <exception cref="ArgumentException">
    /// The layer is not one of the probe's layers, its output has another rank, or the number of tokens does not match.
    /// </exception>
    /// <exception cref="InvalidOperationException"><see cref="Run"/> was not called.</exception>
    public LayerActivations ToLayer(string layer, PatchTokens? tokens = null)
    {
        Taken taken = TakenOf(layer);
        int[] shape = TensorArgument.ShapeOf(taken.Activations, nameof(layer));
        if (shape.Length != (tokens is null ? 4 : 3))
            throw new ArgumentException(WrongRank(layer, shape, tokens), nameof(layer));
        using var activations = new HostTensor(taken.Activations, ScalarType.Float32);
        using var gradients = new HostTensor(taken.Gradients ?? taken.Activations, ScalarType.Float32);
        ReadOnlySpan<float> byActivations = taken.Gradients is null ? [] : gradients.Values<float>();
        return tokens is null
            ? new LayerActivations(activations.Values<float>(), byActivations, shape)
            : LayerActivations.FromTokens(
                activations.Values<float>(), byActivations, shape, tokens.Height, tokens.Width, tokens.LeadingTokens);
    }

    /// <summary>
    /// Returns the layer that is usually used for class activation maps: the last convolution that is called.
    /// </summary>
    /// <param name="model">The model; it takes one tensor, unless <paramref name="forward"/> calls it.</param>
    /// <param name="input">An input, with a batch dimension.</param>
    /// <param name="forward">Calls the model with the input; by default <c>model.call(x)</c>.</param>
    /// <returns>The layer's path.</returns>
    /// <remarks>The model is called once, in evaluation mode and without gradients.</remarks>
    /// <exception cref="ArgumentException">
    /// The model cannot be called with the input, it has no convolution, or tokens follow the last one, as in
    /// transformers; the message says what to do then.
    /// </exception>
    public static string SuggestLayer(nn.Module model, Tensor input, Func<Tensor, object?>? forward = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModuleCall.ThrowIfUnfit(model, input, forward, nameof(input));
        return LayerSuggestion.Of(model, input, forward);
    }

    /// <summary>Disposes of the captured tensors.</summary>
    public void Dispose()
    {
        Forget();
        _isDisposed = true;
    }

    /// <summary>Returns the number of calls of a layer in the last run.</summary>
    internal int CallsOf(string layer) => TakenOf(layer).Calls;

    private object? Call(Tensor input, LayerCapture[] captures, Func<Tensor, object?> forward)
    {
        // A copy, because autograd rejects tensors created in inference_mode().
        Tensor placed = ModelPlacement.Placed(_model, input).clone();
        if (TensorArgument.IsFloatingPoint(placed.dtype))
            placed = placed.requires_grad_().clone();
        using var mode = new EvaluationMode(_model);
        using var hooks = new ModuleHooks();
        foreach ((ModulePlace place, LayerCapture capture) in _places.Zip(captures))
            hooks.Add(place.Module, _ => { }, (_, result) => capture.Keep(result));
        return forward(placed);
    }

    private void Take(LayerCapture[] captures, Tensor scores)
    {
        foreach ((ModulePlace place, LayerCapture capture) in _places.Zip(captures))
        {
            if (capture.Output is null)
                throw new InvalidOperationException(NotCalled(place));
        }

        int[] differentiable = [.. Enumerable.Range(0, captures.Length).Where(i => captures[i].Output!.requires_grad)];
        if (differentiable.Length > 0 && !scores.requires_grad)
            throw new InvalidOperationException(Unreached(_places[differentiable[0]]));
        Tensor?[] gradients = differentiable.Length == 0
            ? []
            : BackwardPass.Gradients(scores.sum(), [.. differentiable.Select(i => captures[i].Output!)], _model);
        for (int i = 0; i < captures.Length; i++)
        {
            int at = Array.IndexOf(differentiable, i);
            if (at >= 0 && gradients[at] is null)
                throw new InvalidOperationException(Unreached(_places[i]));
            _taken[_places[i].Path] = new Taken(
                captures[i].Output!.detach().DetachFromDisposeScope(),
                at < 0 ? null : gradients[at]!.DetachFromDisposeScope(),
                captures[i].Calls);
        }
    }

    private Taken TakenOf(string layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!Layers.Contains(layer))
        {
            throw new ArgumentException(
                $"The layer must be one of {string.Join(", ", Layers.Select(path => $"'{path}'"))}; was '{layer}'.",
                nameof(layer));
        }

        return _taken.GetValueOrDefault(layer)
            ?? throw new InvalidOperationException("Call Run first.");
    }

    private void Forget()
    {
        foreach (Taken taken in _taken.Values)
        {
            taken.Activations.Dispose();
            taken.Gradients?.Dispose();
        }

        _taken.Clear();
        (_targets, _scores) = ([], []);
    }

    internal static string NotCalled(ModulePlace place) =>
        $"Layer '{place.Path}' was not called. Hooks see calls through call, not through forward: the model must use "
        + $"{place.Path.Split('.')[^1]}.call(…).";

    private static string Unreached(ModulePlace place) =>
        $"The score does not depend on the output of layer '{place.Path}', or the model or the target's function calls "
        + "detach() or no_grad() in between.";

    private static string WrongRank(string layer, int[] shape, PatchTokens? tokens)
    {
        string text = $"Layer '{layer}' outputs [{string.Join(", ", shape)}]; ";
        if (tokens is not null)
            return text + "tokens must be [N, T, D].";
        return text + "a class activation map requires [N, C, H, W]. " + (shape.Length == 3
            ? "For the tokens of a transformer, specify their positions on the picture: Tokens = new PatchTokens()."
            : "Use the last convolution.");
    }

    private sealed record Taken(Tensor Activations, Tensor? Gradients, int Calls);
}
