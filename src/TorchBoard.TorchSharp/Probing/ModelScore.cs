using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchBoard.Probing.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>
/// One score of a TorchSharp model, as a function of its input: what every method in
/// <see cref="TorchBoard.Interpretation"/> that explains a model takes. Which number of the model's output it is, says a
/// <see cref="ModelTarget"/>. Not thread-safe, as modules are not.
/// </summary>
/// <remarks>
/// <para>
/// <c>IntegratedGradients.Explain(score.Gradient, score.Input, score.Shape)</c>,
/// <c>KernelShap.Explain(score.Predict, score.Input, score.Shape, options)</c>; several models together by
/// <see cref="EnsembleAttribution.Explain{TModel}"/>.
/// </para>
/// <para>
/// The model runs on its own device, in its own floating-point type and in evaluation mode; each module gets back its
/// mode. Tensors live no longer than a batch. No gradient of a parameter changes; parameters may be frozen, and the
/// caller may be inside <c>no_grad()</c> or <c>inference_mode()</c>, but for a model that was itself made there. It holds
/// no tensor itself, so there is nothing to dispose of.
/// </para>
/// </remarks>
public sealed partial class ModelScore
{
    private readonly nn.Module _model;
    private readonly float[] _input;
    private readonly int[] _shape;
    private readonly double[] _scores;
    private readonly Func<Tensor, object?> _forward;

    /// <summary>Takes a model, an input and which score is explained.</summary>
    /// <param name="model">The model; it takes one tensor, unless <paramref name="forward"/> calls it.</param>
    /// <param name="input">The input, floating-point numbers with a batch dimension of 1: [1, …]. It is copied.</param>
    /// <param name="target">
    /// The score: a class, such as <c>3</c>, best before softmax, or a function of any output. By default the class with
    /// the greatest score of a model that puts out [N, classes] or [N].
    /// </param>
    /// <param name="forward">
    /// How the model is called with a batch [N, …] of inputs, where it takes more than one argument:
    /// <c>x =&gt; model.call(x, mask.expand(x.shape[0], -1))</c>. By default <c>model.call(x)</c>. See
    /// <see cref="ExplainedModelOptions.Forward"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The model cannot be called with the input, the input is no batch of one, the target does not fit what the model
    /// puts out, or its function returns other than a score for each input.
    /// </exception>
    public ModelScore(
        nn.Module model, Tensor input, ModelTarget? target = null, Func<Tensor, object?>? forward = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModuleCall.ThrowIfUnfit(model, input, forward, nameof(input));
        if (!TensorArgument.IsFloatingPoint(input.dtype))
        {
            throw new ArgumentException(
                $"An input of floating-point numbers is wanted; this one holds {input.dtype}. "
                + "ModelScore.FromLayer explains what an embedding layer makes of indices.",
                nameof(input));
        }

        int[] shape = TensorArgument.ShapeOf(input, nameof(input));
        if (shape is not [1, _, ..])
        {
            throw new ArgumentException(
                $"One input with a batch dimension of 1 is wanted, [1, …]; the shape is "
                + $"{TensorArgument.ShapeText(input)}. unsqueeze(0) adds the dimension; "
                + "narrow(0, i, 1) takes one of several.",
                nameof(input));
        }

        _model = model;
        _forward = ModuleCall.By(model, forward);
        _shape = shape[1..];
        using (var host = new HostTensor(input, ScalarType.Float32))
            _input = host.Values<float>().ToArray();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        ModelOutput output = Call(Batch(_input, 1), 1);
        Target = (target ?? ModelTarget.Greatest).BoundTo(output, 0);
        double[] score = new double[1];
        ModelOutput.Copy(Target.Scores(output), score);
        Score = score[0];
        _scores = score;
        if (Target is ClassTarget)
        {
            _scores = new double[output.Classes];
            ModelOutput.Copy(output.Classified, _scores);
        }
    }

    /// <summary>
    /// Takes what a layer makes of the input as the input that is explained: of a model of token ids, what its embedding
    /// layer makes of them.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The model's input, numbers of any type with a batch dimension of 1. It is copied.</param>
    /// <param name="layer">The layer's path, such as <c>encoder.embedding</c>; it puts out [1, …].</param>
    /// <param name="target">The score; by default the class with the greatest.</param>
    /// <param name="forward">
    /// How the model is called with a batch [N, …] of inputs; by default <c>model.call(x)</c>.
    /// </param>
    /// <returns>
    /// A score of which <see cref="Input"/> is the layer's output, [T, E] of an embedding. The sum of an attribution
    /// over E is what a token contributes.
    /// </returns>
    /// <remarks>
    /// Each call runs the whole model and replaces what the layer puts out. Of a layer that is called several times, the
    /// last call counts.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// As for the constructor, or there is no such layer, or it puts out no floating-point numbers [1, …].
    /// </exception>
    /// <exception cref="InvalidOperationException">The layer was not called.</exception>
    public static ModelScore FromLayer(
        nn.Module model, Tensor input, string layer, ModelTarget? target = null,
        Func<Tensor, object?>? forward = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModuleCall.ThrowIfUnfit(model, input, forward, nameof(input));
        ModulePlace place = ModuleTree.FindCallable(model, layer, nameof(layer));
        var kept = new StoredTensor(input, nameof(input));
        forward = ModuleCall.By(model, forward);
        using DisposeScope scope = NewDisposeScope();
        using var capture = new LayerCapture();
        using (no_grad())
        using (new EvaluationMode(model))
        using (var hooks = new ModuleHooks())
        {
            hooks.Add(place.Module, _ => { }, (_, result) => capture.Keep(result));
            forward(ModelPlacement.Placed(model, input));
        }

        if (capture.Output is null)
            throw new InvalidOperationException(ModelProbe.NotCalled(place));
        var replaced = new ReplacedLayer(place, capture.Calls, forward);
        return new ModelScore(
            model, capture.Output, target,
            other => replaced.Call(ModelPlacement.Placed(model, kept.ToTensor()), other));
    }

    /// <summary>
    /// The target, with what it left open: the class with the greatest score, the pixels or the token predicted for this
    /// input.
    /// </summary>
    public ModelTarget Target { get; }

    /// <summary>The score of the input.</summary>
    public double Score { get; }

    /// <summary>
    /// The scores of the input for all classes where the target is one of [N, classes]; otherwise the score alone.
    /// </summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>The input's numbers, the last dimension's nearest.</summary>
    public ReadOnlySpan<float> Input => _input;

    /// <summary>The input's shape without the batch dimension, such as [3, 224, 224].</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Scores of inputs: a <see cref="TorchBoard.Interpretation.Predict"/>.</summary>
    /// <param name="inputs">The inputs one after another, each as long as <see cref="Input"/>.</param>
    /// <param name="count">How many there are; the model gets them as one batch.</param>
    /// <param name="scores">Takes the score of each.</param>
    /// <exception cref="ArgumentException">Sizes do not fit together, or the target does not fit.</exception>
    public void Predict(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        ThrowIfUnfit(inputs, count, scores);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        ModelOutput.Copy(ScoresOf(Batch(inputs, count), count), scores);
    }

    /// <summary>Scores of inputs and their derivatives: a <see cref="TorchBoard.Interpretation.Gradient"/>.</summary>
    /// <param name="inputs">The inputs one after another, each as long as <see cref="Input"/>.</param>
    /// <param name="count">How many there are; the model gets them as one batch.</param>
    /// <param name="scores">Takes the score of each.</param>
    /// <param name="gradients">Takes the derivatives of each score by its own input.</param>
    /// <exception cref="ArgumentException">Sizes do not fit together, or the target does not fit.</exception>
    /// <exception cref="InvalidOperationException">
    /// Autograd finds no way from the score to the input: the model or the target's function calls <c>detach()</c> or
    /// <c>no_grad()</c>, or makes integers of it. Or the model changes in place what its gradient needs.
    /// </exception>
    public void Gradient(ReadOnlySpan<float> inputs, int count, Span<double> scores, Span<float> gradients)
    {
        ThrowIfUnfit(inputs, count, scores);
        if (gradients.Length != inputs.Length)
        {
            throw new ArgumentException(
                $"Room for {inputs.Length} numbers is wanted; there is some for {gradients.Length}.",
                nameof(gradients));
        }

        using DisposeScope scope = NewDisposeScope();
        using var withGradients = new GradientMode();
        Tensor batch = Batch(inputs, count).requires_grad_();

        // A copy goes in, as a leaf cannot be changed in place.
        Tensor put = ScoresOf(batch.clone(), count);
        if (!put.requires_grad)
            throw new InvalidOperationException(CutOff);
        Tensor gradient = BackwardPass.Gradients(put.sum(), [batch], _model)[0]
            ?? throw new InvalidOperationException(CutOff);
        ModelOutput.Copy(put, scores);
        CopyTo(gradient, gradients);
    }

    /// <summary>
    /// The class of which the mean of several models' scores of an input is greatest; null where there is but one score.
    /// </summary>
    internal static ModelTarget? GreatestMean(IReadOnlyList<nn.Module> models, Tensor input)
    {
        double[][] scores = [.. models.Select(model => new ModelScore(model, input)._scores)];
        int classes = scores.Min(of => of.Length);
        if (scores.Any(of => of.Length != classes))
        {
            throw new ArgumentException(
                $"Models of the same classes are wanted; there are {string.Join(", ", scores.Select(of => of.Length))}.",
                nameof(models));
        }

        return classes == 1
            ? null
            : ModelTarget.Class(Enumerable.Range(0, classes).MaxBy(target => scores.Sum(of => of[target])));
    }

    private const string CutOff =
        "The score does not depend on the input, or the model or the target's function calls detach() or no_grad() in "
        + "between, or makes integers of it.";

    private static void CopyTo(Tensor values, Span<float> destination)
    {
        using var host = new HostTensor(values.detach(), ScalarType.Float32);
        host.Values<float>().CopyTo(destination);
    }

    private Tensor Batch(ReadOnlySpan<float> inputs, int count) =>
        ModelPlacement.Placed(_model, tensor(inputs.ToArray()).reshape([count, .. _shape.Select(size => (long)size)]));

    private ModelOutput Call(Tensor batch, int count)
    {
        using var mode = new EvaluationMode(_model);
        return new ModelOutput(_forward(batch), _model, count);
    }

    private Tensor ScoresOf(Tensor batch, int count) => Target.Scores(Call(batch, count));

    private void ThrowIfUnfit(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (inputs.Length != (long)count * _input.Length)
        {
            throw new ArgumentException(
                $"{count} inputs of {_input.Length} numbers are wanted; {inputs.Length} numbers given.",
                nameof(inputs));
        }

        if (scores.Length != count)
        {
            throw new ArgumentException(
                $"Room for {count} scores is wanted; there is some for {scores.Length}.", nameof(scores));
        }
    }
}
