using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchBoard.Probing;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// The score that a TorchSharp model gives one class, as a function of its input: what every method in
/// <see cref="TorchBoard.Interpretation"/> that explains a model takes. Not thread-safe, as modules are not.
/// </summary>
/// <remarks>
/// <para>
/// <c>IntegratedGradients.Explain(score.Gradient, score.Input, score.Shape)</c>,
/// <c>KernelShap.Explain(score.Predict, score.Input, score.Shape, options)</c>; several models together by
/// <see cref="EnsembleAttribution.Explain{TModel}"/>.
/// </para>
/// <para>
/// The model runs on its own device, in its own floating-point type and in evaluation mode; each module gets back its
/// mode. Tensors live no longer than a batch. No gradient of a parameter changes; parameters may be frozen and the
/// caller may have switched gradients off. It holds no tensor itself, so there is nothing to dispose of.
/// </para>
/// </remarks>
public sealed partial class ModelScore
{
    private readonly nn.Module _model;
    private readonly float[] _input;
    private readonly int[] _shape;
    private readonly double[] _scores;

    /// <summary>Takes a model, an input and one of its classes.</summary>
    /// <param name="model">
    /// The model; it takes one tensor and puts out scores, [N, classes] or [N], best before softmax.
    /// </param>
    /// <param name="input">The input, floating-point numbers with a batch dimension of 1: [1, …]. It is copied.</param>
    /// <param name="target">The class; by default that with the greatest score.</param>
    /// <exception cref="ArgumentException">
    /// The model cannot be called with the input, the input is no batch of one, there is no such class, or the model
    /// puts out no scores.
    /// </exception>
    public ModelScore(nn.Module model, Tensor input, int? target = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModuleCall.ThrowIfUnfit(model, [input], nameof(input));
        if (!TensorArgument.IsFloatingPoint(input.dtype))
        {
            throw new ArgumentException(
                $"An input of floating-point numbers is wanted; this one holds {input.dtype}. Explain what an "
                + "embedding layer makes of indices.",
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
        _shape = shape[1..];
        using (var host = new HostTensor(input, ScalarType.Float32))
            _input = host.Values<float>().ToArray();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        ModelOutput output = Call(Batch(_input, 1), 1);
        Target = output.Targets(target)[0];
        _scores = new double[output.Classes];
        ModelOutput.Copy(output.All, _scores);
    }

    /// <summary>The class.</summary>
    public int Target { get; }

    /// <summary>The score of the input.</summary>
    public double Score => _scores[Target];

    /// <summary>The scores of the input for all classes.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>The input's numbers, the last dimension's nearest.</summary>
    public ReadOnlySpan<float> Input => _input;

    /// <summary>The input's shape without the batch dimension, such as [3, 224, 224].</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Scores of inputs: a <see cref="TorchBoard.Interpretation.Predict"/>.</summary>
    /// <param name="inputs">The inputs one after another, each as long as <see cref="Input"/>.</param>
    /// <param name="count">How many there are; the model gets them as one batch.</param>
    /// <param name="scores">Takes the score of each.</param>
    /// <exception cref="ArgumentException">Sizes do not fit together, or the model puts out no scores.</exception>
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
    /// <exception cref="ArgumentException">Sizes do not fit together, or the model puts out no scores.</exception>
    /// <exception cref="InvalidOperationException">
    /// Autograd finds no way from the score to the input: the model calls <c>detach()</c> or <c>no_grad()</c>.
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
        using IDisposable withGradients = enable_grad();
        Tensor batch = Batch(inputs, count).requires_grad_();

        // A copy goes in, as a leaf cannot be changed in place.
        Tensor put = ScoresOf(batch.clone(), count);
        if (!put.requires_grad)
            throw new InvalidOperationException(CutOff);
        Tensor gradient = autograd.grad([put.sum()], [batch], null, false, false, true)[0];
        if (gradient.IsInvalid)
            throw new InvalidOperationException(CutOff);
        ModelOutput.Copy(put, scores);
        CopyTo(gradient, gradients);
    }

    /// <summary>The class of which the mean of several models' scores of an input is greatest.</summary>
    internal static int GreatestMean(IReadOnlyList<nn.Module> models, Tensor input)
    {
        double[][] scores = [.. models.Select(model => new ModelScore(model, input)._scores)];
        int classes = scores.Min(of => of.Length);
        if (scores.Any(of => of.Length != classes))
        {
            throw new ArgumentException(
                $"Models of the same classes are wanted; there are {string.Join(", ", scores.Select(of => of.Length))}.",
                nameof(models));
        }

        return Enumerable.Range(0, classes).MaxBy(target => scores.Sum(of => of[target]));
    }

    private const string CutOff =
        "The score does not depend on the input, or the model calls detach() or no_grad() in between.";

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
        return new ModelOutput(ModuleCall.Invoke(_model, [batch]), _model, count);
    }

    private Tensor ScoresOf(Tensor batch, int count) => Call(batch, count).Of([.. Enumerable.Repeat(Target, count)]);

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
