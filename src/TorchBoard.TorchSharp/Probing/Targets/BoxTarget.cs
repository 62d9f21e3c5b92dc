using static TorchSharp.torch;

namespace TorchBoard.Probing.Targets;

/// <summary>The overlaps and scores of the detections that match given boxes.</summary>
internal sealed record BoxTarget<TOutput>(
    Func<TOutput, IEnumerable<(Tensor Boxes, Tensor Labels, Tensor Scores)>> Detections, StoredTensor Boxes,
    long[] Labels, double LeastOverlap) : ModelTarget
{
    private const int Sides = 4;

    private protected override string? DefaultName => "boxes";

    public static long[] Integers(Tensor labels)
    {
        using var host = new HostTensor(labels, ScalarType.Int64);
        return host.Values<long>().ToArray();
    }

    internal override Tensor Scores(ModelOutput output)
    {
        (Tensor Boxes, Tensor Labels, Tensor Scores)[] found =
            [.. Detections(FunctionTarget<TOutput>.ValueOf(output))];
        if (found.Length != output.Count)
        {
            throw Refused(
                $"A target's function must return the detections of each input, {output.Count}; it returned "
                + $"{found.Length}.");
        }

        return stack([.. found.Select(of => Score(of.Boxes, of.Labels, of.Scores))]);
    }

    internal override ModelTarget BoundTo(ModelOutput output, int n)
    {
        double[] scores = new double[output.Count];
        ModelOutput.Copy(Scores(output), scores);
        return scores[n] != 0
            ? this
            : throw output.Unfit(FormattableString.Invariant(
                $"no detection in input {n} has the label of a box and overlaps it by more than {LeastOverlap}."));
    }

    internal override ModelTarget? Mirrored() => null;

    private Tensor Score(Tensor boxes, Tensor labels, Tensor scores)
    {
        long count = boxes.shape[0];
        if (boxes.dim() != 2 || boxes.shape[1] != Sides || labels.NumberOfElements != count
            || scores.NumberOfElements != count)
        {
            throw Refused(
                "Detections must be boxes [D, 4], labels [D] and scores [D]; were "
                + $"{TensorArgument.ShapeText(boxes)}, {TensorArgument.ShapeText(labels)} and "
                + $"{TensorArgument.ShapeText(scores)}.");
        }

        Tensor sum = zeros([], boxes.dtype, boxes.device);
        if (count == 0)
            return sum;
        Tensor wanted = Boxes.Like(boxes);
        long[] found = Integers(labels);
        for (int k = 0; k < Labels.Length; k++)
        {
            Tensor box = wanted.select(0, k);
            double[] values = new double[count];
            ModelOutput.Copy(Overlaps(box, boxes.detach()), values);
            int best = Array.IndexOf(values, values.Max());
            if (!(values[best] > LeastOverlap) || found[best] != Labels[k])
                continue;

            // Alone, because a box without area, which overlaps nothing, has no gradient.
            Tensor overlap = Overlaps(box, boxes.narrow(0, best, 1)).select(0, 0);
            Tensor score = scores.reshape(-1).select(0, best).to_type(boxes.dtype);
            sum = sum.add(overlap, HeldScalars.One).add(score, HeldScalars.One);
        }

        return sum;
    }

    private static ArgumentException Refused(string message, string argument = "target") => new(message, argument);

    // Intersection over union of a box, [4], and others, [D, 4].
    private static Tensor Overlaps(Tensor box, Tensor others)
    {
        Tensor first = maximum(box.narrow(0, 0, 2), others.narrow(1, 0, 2));
        Tensor last = minimum(box.narrow(0, 2, 2), others.narrow(1, 2, 2));
        Tensor both = Area((last - first).clamp_min(HeldScalars.Zero));
        Tensor all = Area(box.narrow(0, 2, 2) - box.narrow(0, 0, 2))
            .add(Area(others.narrow(1, 2, 2) - others.narrow(1, 0, 2)), HeldScalars.One);
        return both / (all - both);

        static Tensor Area(Tensor sizes) => sizes.select(-1, 0) * sizes.select(-1, 1);
    }
}
