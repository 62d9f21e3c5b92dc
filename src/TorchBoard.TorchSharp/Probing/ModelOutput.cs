using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>A model's output for N inputs, as seen by targets.</summary>
/// <param name="value">The model's output.</param>
/// <param name="name">The name of the model, or of its layer, in error messages.</param>
/// <param name="count">N, the number of inputs.</param>
internal sealed class ModelOutput(object? value, string name, long count)
{
    private Tensor? _classified;

    /// <summary>The model's output.</summary>
    public object? Value => value;

    /// <summary>Number of inputs.</summary>
    public long Count => count;

    /// <summary>The name of the model, or of its layer, in error messages.</summary>
    public string ModelName => name;

    /// <summary>The first floating-point tensor; its first dimension is the batch.</summary>
    public Tensor Batched
    {
        get
        {
            Tensor? first = First;
            if (first is not null && first.dim() == 0 && count == 1)
                return first.reshape(1);
            return first is not null && first.dim() > 0 && first.shape[0] == count
                ? first
                : throw Unfit(
                    $"a floating-point tensor [{count}, …] is required for {Inputs}. ModelTarget.Of takes any output.");
        }
    }

    /// <summary>The scores of the classes, shape [N, classes].</summary>
    public Tensor Classified => _classified ??= FindClassified();

    /// <summary>Number of classes.</summary>
    public int Classes => (int)Classified.shape[1];

    /// <summary>Returns a class as a target; a single score is a target without a class.</summary>
    public ModelTarget TargetOf(int index)
    {
        if (Classes > 1)
            return ModelTarget.Class(index);
        return Batched.dim() == 2 ? ModelTarget.Output(0) : ModelTarget.Output();
    }

    /// <summary>Creates the exception for a target that does not match the output.</summary>
    /// <param name="wanted">The expected output.</param>
    /// <param name="argument">The caller's argument that holds the target.</param>
    public ArgumentException Unfit(string wanted, string argument = "target") =>
        new($"{ModelName} returned {Text}; {wanted}", argument);

    /// <summary>Copies the score of each input.</summary>
    public static void Copy(Tensor scores, Span<double> destination)
    {
        using var host = new HostTensor(scores.detach(), ScalarType.Float64);
        host.Values<double>().CopyTo(destination);
    }

    private Tensor? First =>
        TensorTree.Of(value).FirstOrDefault(tensor => TensorArgument.IsFloatingPoint(tensor.dtype));

    private string Inputs => $"{count} input{(count == 1 ? "" : "s")}";

    private string Text => First is { } first ? TensorArgument.ShapeText(first) : Targets.TypeText.Of(value?.GetType());

    private Tensor FindClassified()
    {
        Tensor? first = First;
        bool isRow = first?.dim() == 2 && first.shape[0] == count;
        bool isNumbers = first?.dim() < 2 && first.NumberOfElements == count;
        if ((!isRow && !isNumbers) || first!.NumberOfElements == 0)
        {
            throw Unfit(
                $"a class requires [{count}, classes] or [{count}] for {Inputs}. Specify another target, such as "
                + $"Target = {Example(first)}.");
        }

        return isRow ? first : first.reshape(count, 1);
    }

    private string Example(Tensor? first) => (int?)first?.dim() switch
    {
        4 => "ModelTarget.Segmentation(1), or ModelTarget.Of(output => output.select(1, 0).flatten(1).sum(1))",
        3 => "ModelTarget.Token(^1), or ModelTarget.Of(output => output.select(1, 0).select(1, 0))",
        not null => "ModelTarget.Of(output => output.reshape(N, -1).sum(1))",
        null => $"ModelTarget.Of(({Targets.TypeText.Of(value?.GetType())} output) => output.Scores.select(1, 0))",
    };
}
