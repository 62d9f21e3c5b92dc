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
                $"The model has {classes} score{(classes == 1 ? "" : "s")}; 0 to {classes - 1} is wanted.");
    }

    private ArgumentOutOfRangeException OutOfRange(string message, string argument = "target") =>
        new(argument, Index, message);
}
