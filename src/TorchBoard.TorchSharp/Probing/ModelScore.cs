using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchBoard.Probing.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>
/// One score of a TorchSharp model as a function of its input, for all methods in
/// <see cref="TorchBoard.Interpretation"/> that explain a model. A <see cref="ModelTarget"/> selects the score. Not
/// thread-safe, because modules are not.
/// </summary>
/// <remarks>
/// <para>
/// <c>IntegratedGradients.Explain(score.Gradient, score.Input, score.Shape)</c>,
/// <c>KernelShap.Explain(score.Predict, score.Input, score.Shape, options)</c>; for several models together, see
/// <see cref="EnsembleAttribution.Explain{TModel}"/>.
/// </para>
/// <para>
/// The model runs on its own device, in its own floating-point type and in evaluation mode; each module's mode is
/// restored. Tensors exist only during a batch. No gradient of a parameter changes; parameters may be frozen. The
/// caller may be inside <c>no_grad()</c> or <c>inference_mode()</c>, but the model must not have been created in
/// inference mode. A score holds no tensors and needs no disposal.
/// </para>
/// </remarks>
public sealed partial class ModelScore
{
    private readonly nn.Module _model;
    private readonly float[] _input;
    private readonly int[] _shape;
    private readonly double[] _scores;
    private readonly Func<Tensor, object?> _forward;
    private readonly string _outputName;

    // Of an input of integers; null for floating-point numbers.
    private readonly ScalarType? _integers;

    /// <summary>Initializes a score from a model, an input and a target.</summary>
    /// <param name="model">The model; it takes one tensor, unless <paramref name="forward"/> calls it.</param>
    /// <param name="input">
    /// The input, with a batch dimension of 1, [1, …]; copied. Integers, such as token ids, have no gradient: methods
    /// that only predict explain them, and <see cref="LayerIntegratedGradients"/> of their embedding.
    /// </param>
    /// <param name="target">
    /// The score: a class, such as <c>3</c>, preferably before softmax, or a function of any output. By default the
    /// class with the highest score, for a model that outputs [N, classes] or [N].
    /// </param>
    /// <param name="forward">
    /// Calls the model with a batch [N, …] of inputs if it takes more than one argument: <c>x =&gt; model.call(x,
    /// mask.expand(x.shape[0], -1))</c>. By default <c>model.call(x)</c>. See
    /// <see cref="ExplainedModelOptions.Forward"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The model cannot be called with the input, the input is not a batch of one, the target does not match the
    /// model's output, or its function does not return one score per input.
    /// </exception>
    public ModelScore(
        nn.Module model, Tensor input, ModelTarget? target = null, Func<Tensor, object?>? forward = null)
        : this(model, input, target, forward, outputName: null)
    {
    }

    private ModelScore(
        nn.Module model, Tensor input, ModelTarget? target, Func<Tensor, object?>? forward, string? outputName)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModuleCall.ThrowIfUnfit(model, input, forward, nameof(input));
        int[] shape = TensorArgument.ShapeOf(input, nameof(input));
        if (shape is not [1, _, ..])
        {
            throw new ArgumentException(
                $"The shape of the input must be [1, …], with a batch dimension of 1; was "
                + $"{TensorArgument.ShapeText(input)}. unsqueeze(0) adds the dimension; narrow(0, i, 1) selects one of "
                + "several inputs.",
                nameof(input));
        }

        _model = model;
        _outputName = outputName ?? model.GetType().Name;
        _forward = ModuleCall.By(model, forward);
        _shape = shape[1..];
        _integers = TensorArgument.IsFloatingPoint(input.dtype) ? null : input.dtype;
        using (var host = new HostTensor(input, ScalarType.Float32))
            _input = host.Values<float>().ToArray();
        if (_integers is not null && Array.Exists(_input, value => Math.Abs(value) >= MostExact))
            throw new ArgumentException($"Integers of an input must be less than {MostExact}.", nameof(input));
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
    /// Creates a score whose input is the output of a layer, such as the embedding layer of a model that takes token
    /// ids.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The model's input, numbers of any type with a batch dimension of 1; copied.</param>
    /// <param name="layer">The layer's path, such as <c>encoder.embedding</c>; its output must be [1, …].</param>
    /// <param name="target">The score; the class with the highest score by default.</param>
    /// <param name="forward">Calls the model with a batch [N, …] of inputs; by default <c>model.call(x)</c>.</param>
    /// <returns>
    /// A score whose <see cref="Input"/> is the layer's output, [T, E] for an embedding. The sum of an attribution over
    /// E is the contribution of a token.
    /// </returns>
    /// <remarks>
    /// Each call runs the whole model and replaces the layer's output. If a layer is called several times, its last
    /// call is replaced.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// As for the constructor; or the layer does not exist or does not output floating-point numbers [1, …].
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
        using LayerCapture capture = CapturedOutput(model, place, ModelPlacement.Placed(model, input), forward);
        var replaced = new ReplacedLayer(place, capture.Calls, forward);
        return new ModelScore(
            model, FloatsOf(place, capture), target,
            other => replaced.Call(ModelPlacement.Placed(model, kept.ToTensor()), other));
    }

    /// <summary>
    /// The target, with open choices resolved for this input: the class with the highest score, or the predicted pixels
    /// or token.
    /// </summary>
    public ModelTarget Target { get; }

    /// <summary>The score of the input.</summary>
    public double Score { get; }

    /// <summary>
    /// The scores of the input for all classes if the target is one of [N, classes]; otherwise only the score.
    /// </summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>The input's values in row-major order.</summary>
    public ReadOnlySpan<float> Input => _input;

    /// <summary>The input's shape without the batch dimension, such as [3, 224, 224].</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Computes the scores of inputs: a <see cref="TorchBoard.Interpretation.Predict"/>.</summary>
    /// <param name="inputs">The inputs one after another, each as long as <see cref="Input"/>.</param>
    /// <param name="count">Number of inputs; the model receives them as one batch.</param>
    /// <param name="scores">Receives the score of each input.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or the target does not match the output.</exception>
    public void Predict(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        ThrowIfUnfit(inputs, count);
        ThrowIfUnfit(scores, count, $"{count} scores");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        ModelOutput.Copy(ScoresOf(Batch(inputs, count), count), scores);
    }

    /// <summary>
    /// Computes the scores of all classes: a <see cref="TorchBoard.Interpretation.PredictClasses"/>, which
    /// <c>Attribution.ExplainClasses</c> and <c>Attribution.ExplainEach</c> take with <c>score.Scores.Length</c> classes.
    /// </summary>
    /// <param name="inputs">The inputs one after another, each as long as <see cref="Input"/>.</param>
    /// <param name="count">Number of inputs; the model receives them as one batch.</param>
    /// <param name="scores">Receives the scores: shape [count, classes], as many classes as <see cref="Scores"/>.</param>
    /// <exception cref="ArgumentException">Sizes do not match.</exception>
    /// <exception cref="InvalidOperationException">The target is not a class.</exception>
    public void PredictClasses(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        if (Target is not ClassTarget)
            throw new InvalidOperationException("The scores of all classes require a model with classes, and a class as target.");
        ThrowIfUnfit(inputs, count);
        ThrowIfUnfit(scores, count * _scores.Length, $"{count} × {_scores.Length} scores");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        ModelOutput.Copy(Call(Batch(inputs, count), count).Classified, scores);
    }

    /// <summary>
    /// Computes the scores of inputs and their gradients: a <see cref="TorchBoard.Interpretation.Gradient"/>.
    /// </summary>
    /// <param name="inputs">The inputs one after another, each as long as <see cref="Input"/>.</param>
    /// <param name="count">Number of inputs; the model receives them as one batch.</param>
    /// <param name="scores">Receives the score of each input.</param>
    /// <param name="gradients">Receives the gradients of each score with respect to its own input.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or the target does not match the output.</exception>
    /// <exception cref="InvalidOperationException">
    /// Autograd finds no path from the score to the input: the model or the target's function calls <c>detach()</c> or
    /// <c>no_grad()</c>, or converts to integers. Or the model changes a value in place that its gradient needs.
    /// </exception>
    public void Gradient(ReadOnlySpan<float> inputs, int count, Span<double> scores, Span<float> gradients)
    {
        ThrowIfUnfit(inputs, count);
        ThrowIfUnfit(scores, count, $"{count} scores");
        ThrowIfIntegers();
        if (gradients.Length != inputs.Length)
        {
            throw new ArgumentException(
                $"Expected a span of {inputs.Length} gradients, got {gradients.Length}.",
                nameof(gradients));
        }

        using DisposeScope scope = NewDisposeScope();
        using var withGradients = new GradientMode();
        Tensor batch = Batch(inputs, count).requires_grad_();

        // Pass a copy, because a leaf cannot be changed in place.
        Tensor put = ScoresOf(batch.clone(), count);
        if (!put.requires_grad)
            throw new InvalidOperationException(CutOff);
        Tensor gradient = BackwardPass.Gradients(put.sum(), [batch], _model)[0]
            ?? throw new InvalidOperationException(CutOff);
        ModelOutput.Copy(put, scores);
        CopyTo(gradient, gradients);
    }

    /// <summary>
    /// Returns the class with the highest mean score over several models for an input; null if there is only one score.
    /// </summary>
    internal static ModelTarget? GreatestMean(IReadOnlyList<nn.Module> models, Tensor input)
    {
        double[][] scores = [.. models.Select(model => new ModelScore(model, input)._scores)];
        int classes = scores.Min(of => of.Length);
        if (scores.Any(of => of.Length != classes))
        {
            throw new ArgumentException(
                $"All models must have the same classes; got {string.Join(", ", scores.Select(of => of.Length))}.",
                nameof(models));
        }

        return classes == 1
            ? null
            : ModelTarget.Class(Enumerable.Range(0, classes).MaxBy(target => scores.Sum(of => of[target])));
    }

    // From here on, floats do not hold all integers.
    private const int MostExact = 1 << 24;

    private const string CutOff =
        "The score does not depend on the input, or the model or the target's function calls detach() or no_grad() in "
        + "between, or converts to integers.";

    private static void CopyTo(Tensor values, Span<float> destination)
    {
        using var host = new HostTensor(values.detach(), ScalarType.Float32);
        host.Values<float>().CopyTo(destination);
    }

    private Tensor Batch(ReadOnlySpan<float> inputs, int count)
    {
        Tensor values = tensor(inputs.ToArray());
        if (_integers is { } type)
        {
            foreach (float value in inputs)
            {
                if (!float.IsInteger(value))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant(
                            $"The model takes integers, {type}; a method replaced one by {value}. Specify a baseline ")
                        + "of integers, such as the token for padding.",
                        nameof(inputs));
                }
            }

            values = values.to_type(type);
        }

        return ModelPlacement.Placed(_model, values.reshape([count, .. _shape.Select(size => (long)size)]));
    }

    private void ThrowIfIntegers()
    {
        if (_integers is { } type)
        {
            throw new InvalidOperationException(
                $"The input holds integers, {type}, which have no gradient. Use LayerIntegratedGradients with the "
                + "embedding layer; or ModelScore.FromLayer with it, whose result all methods take.");
        }
    }

    private ModelOutput Call(Tensor batch, int count)
    {
        using var mode = new EvaluationMode(_model);
        return new ModelOutput(_forward(batch), _outputName, count);
    }

    private Tensor ScoresOf(Tensor batch, int count) => Target.Scores(Call(batch, count));

    private static void ThrowIfUnfit(Span<double> scores, int length, string wanted)
    {
        if (scores.Length != length)
            throw new ArgumentException($"Expected a span of {wanted}, got {scores.Length}.", nameof(scores));
    }

    private void ThrowIfUnfit(ReadOnlySpan<float> inputs, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (inputs.Length != (long)count * _input.Length)
        {
            throw new ArgumentException(
                $"Expected {count} inputs of {_input.Length} values, got {inputs.Length} values.",
                nameof(inputs));
        }
    }
}
