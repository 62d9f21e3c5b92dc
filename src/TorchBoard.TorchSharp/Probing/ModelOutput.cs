using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>What a model put out for N inputs, as targets look at it.</summary>
/// <param name="value">What the model put out.</param>
/// <param name="model">The model.</param>
/// <param name="count">N: how many inputs it was given.</param>
internal sealed class ModelOutput(object? value, nn.Module model, long count)
{
    private Tensor? _classified;

    /// <summary>What the model put out.</summary>
    public object? Value => value;

    /// <summary>How many inputs it was given.</summary>
    public long Count => count;

    /// <summary>What the model is called in errors.</summary>
    public string ModelName => model.GetType().Name;

    /// <summary>The first floating-point tensor; its first dimension is the batch's.</summary>
    public Tensor Batched
    {
        get
        {
            Tensor? first = First;
            if (first is not null && first.dim() == 0 && count == 1)
                return first.reshape(1);
            return first is not null && first.dim() > 0 && first.shape[0] == count
                ? first
                : throw Unfit($"for {Inputs} a floating-point tensor [{count}, …] is wanted. ModelTarget.Of takes any.");
        }
    }

    /// <summary>The scores of classes: shape [N, classes].</summary>
    public Tensor Classified => _classified ??= FindClassified();

    /// <summary>How many classes there are.</summary>
    public int Classes => (int)Classified.shape[1];

    /// <summary>A class as a target; where there is only one score, it is that of no class.</summary>
    public ModelTarget TargetOf(int index)
    {
        if (Classes > 1)
            return ModelTarget.Class(index);
        return Batched.dim() == 2 ? ModelTarget.Output(0) : ModelTarget.Output();
    }

    /// <summary>What is thrown where the target does not fit what the model put out.</summary>
    /// <param name="wanted">What would.</param>
    /// <param name="argument">The argument of the caller that holds the target.</param>
    public ArgumentException Unfit(string wanted, string argument = "target") =>
        new($"{ModelName} put out {Text}; {wanted}", argument);

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
                $"for {Inputs}, a class is one of [{count}, classes] or [{count}]. Say what else is explained, such as "
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
