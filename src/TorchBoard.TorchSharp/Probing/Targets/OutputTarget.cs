using static TorchSharp.torch;

namespace TorchBoard.Probing.Targets;

/// <summary>One value of the output.</summary>
internal sealed record OutputTarget(int[] Index) : ModelTarget
{
    private protected override string? DefaultName => Index.Length == 0 ? "output" : $"output {Text}";

    private string Text => $"[{string.Join(", ", Index)}]";

    // Of [N, C, H, W], the index has a column.
    internal override ModelTarget? Mirrored() => Index.Length > 1 ? null : this;

    internal override Tensor Scores(ModelOutput output)
    {
        Tensor number = output.Batched;
        bool isWithin = number.dim() == Index.Length + 1;
        for (int i = 0; isWithin && i < Index.Length; i++)
            isWithin = Index[i] < number.shape[i + 1] && Index[i] >= -number.shape[i + 1];
        if (!isWithin)
        {
            throw output.Unfit($"the target's index {Text} must exist in the dimensions after the first.");
        }

        return Index.Aggregate(number, (rest, at) => rest.select(1, at));
    }
}
