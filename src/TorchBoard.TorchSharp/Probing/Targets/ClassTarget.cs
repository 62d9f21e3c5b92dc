using static TorchSharp.torch;

namespace TorchBoard.Probing.Targets;

/// <summary>The score of a class.</summary>
internal sealed record ClassTarget(int Index) : ModelTarget
{
    public override int? ClassIndex => Index;

    internal override Tensor Scores(ModelOutput output)
    {
        int classes = output.Classes;
        return Index < classes
            ? output.Classified.select(1, Index)
            : throw OutOfRange(
                $"The class must be between 0 and {classes - 1}; the model has {classes} "
                + $"score{(classes == 1 ? "" : "s")}.");
    }

    private ArgumentOutOfRangeException OutOfRange(string message, string argument = "target") =>
        new(argument, Index, message);
}
