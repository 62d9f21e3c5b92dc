using static TorchSharp.torch;

namespace TorchBoard.Probing.Targets;

/// <summary>The sum of a class's logits over a mask, or over the pixels predicted as the class.</summary>
internal sealed record SegmentationTarget(int Channel, StoredTensor? Mask) : ModelTarget
{
    public override int? ClassIndex => Channel;

    internal override Tensor Scores(ModelOutput output)
    {
        Tensor logits = Logits(output);
        Tensor plane = logits.select(1, Channel);
        Tensor mask = Mask?.Like(logits) ?? Predicted(logits).to_type(logits.dtype);
        if (Mask is not null && !mask.shape.AsSpan().SequenceEqual(plane.shape.AsSpan(1)))
        {
            throw output.Unfit(
                $"the mask must be [{string.Join(", ", plane.shape[1..])}], was "
                + $"{TensorArgument.ShapeText(mask)}.");
        }

        return (plane * mask).flatten(1).sum(1);
    }

    internal override ModelTarget BoundTo(ModelOutput output, int n)
    {
        if (Mask is not null)
            return this;
        StoredTensor mask = StoredTensor.Floats(Predicted(Logits(output)).select(0, n), "output");
        return mask.IsAllZero
            ? throw output.Unfit(
                $"no pixel of input {n} is predicted as channel {Channel}, so there is no score. Specify a mask.")
            : this with { Mask = mask };
    }

    internal override ModelTarget Mirrored() => this with { Mask = Mask?.Mirrored() };

    private Tensor Predicted(Tensor logits)
    {
        Tensor values = logits.detach();
        return logits.shape[1] == 1
            ? values.select(1, 0).gt(zeros_like(values.select(1, 0)))
            : values.argmax(1).eq(tensor([(long)Channel]).to(values.device));
    }

    private Tensor Logits(ModelOutput output)
    {
        Tensor logits = output.Batched;
        if (logits.dim() < 3 || Channel >= logits.shape[1])
        {
            throw output.Unfit($"logits [N, classes, H, W] with more than {Channel} classes are required.");
        }

        return logits;
    }
}
