using System.Globalization;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>The scores in what a model put out.</summary>
internal sealed class ModelOutput
{
    /// <param name="output">What the model put out: [N, classes], or [N] of a model of one score.</param>
    /// <param name="model">The model.</param>
    /// <param name="count">N: how many inputs it was given.</param>
    public ModelOutput(object? output, nn.Module model, long count)
    {
        Tensor? first = TensorTree.Of(output).FirstOrDefault(tensor => TensorArgument.IsFloatingPoint(tensor.dtype));
        if (first is null)
            throw new ArgumentException($"{model.GetType().Name} put out no floating-point tensor.", nameof(model));
        bool isRow = first.dim() == 2 && first.shape[0] == count;
        bool isNumbers = first.dim() < 2 && first.NumberOfElements == count;
        if ((!isRow && !isNumbers) || first.NumberOfElements == 0)
        {
            throw new ArgumentException(
                $"A model that puts out scores of the shape [N, classes] or [N] is explained; for {count} "
                + $"input{(count == 1 ? "" : "s")}, {model.GetType().Name} put out {TensorArgument.ShapeText(first)}. "
                + "Put it into a module that makes such scores of it.",
                nameof(model));
        }

        All = isRow ? first : first.reshape(count, 1);
    }

    /// <summary>All scores: shape [N, classes].</summary>
    public Tensor All { get; }

    /// <summary>How many scores there are for each input.</summary>
    public int Classes => (int)All.shape[1];

    /// <summary>The class asked for, or of each input that with the greatest score.</summary>
    public int[] Targets(int? target)
    {
        if (target is { } wanted)
        {
            if (wanted < 0 || wanted >= Classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(target), wanted,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The model has {Classes} score{(Classes == 1 ? "" : "s")}; 0 to {Classes - 1} is wanted."));
            }

            return [.. Enumerable.Repeat(wanted, (int)All.shape[0])];
        }

        using Tensor greatest = All.detach().argmax(1);
        using var host = new HostTensor(greatest, ScalarType.Int64);
        return Array.ConvertAll(host.Values<long>().ToArray(), index => (int)index);
    }

    /// <summary>The score of a class of each input: shape [N].</summary>
    public Tensor Of(int[] targets)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor index = tensor(Array.ConvertAll(targets, target => (long)target)).to(All.device).unsqueeze(1);
        return All.gather(1, index).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Copies the scores of a class of each input.</summary>
    public static void Copy(Tensor scores, Span<double> destination)
    {
        using var host = new HostTensor(scores.detach(), ScalarType.Float64);
        host.Values<double>().CopyTo(destination);
    }
}
