using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>
/// A detector, after a 1×1 convolution to x and −x: a box from (0, 0) to (10, 10) of label 0, whose score is the sum of
/// x, and one from (20, 0) to (20 + the sum of −x, 10) of label 1, whose score is 0.5.
/// </summary>
internal sealed class BoxModel : nn.Module<Tensor, List<Dictionary<string, Tensor>>>
{
    private readonly nn.Module<Tensor, Tensor> conv = TargetModels.Signs();

    public BoxModel()
        : base(nameof(BoxModel)) => RegisterComponents();

    /// <summary>The first box, [1, 4].</summary>
    public static Tensor Boxes() => tensor([0f, 0, 10, 10]).reshape(1, 4);

    public static ModelTarget Target(Tensor boxes, Tensor labels) => ModelTarget.Boxes(
        (IList<Dictionary<string, Tensor>> output) => output.Select(of => (of["boxes"], of["labels"], of["scores"])),
        boxes, labels);

    public override List<Dictionary<string, Tensor>> forward(Tensor input)
    {
        Tensor sums = conv.call(input).flatten(2).sum(2);
        return
        [
            .. sums.chunk(input.shape[0], 0).Select(sum => new Dictionary<string, Tensor>
            {
                ["boxes"] = cat([Boxes(), Second(sum.select(1, 1))]),
                ["labels"] = tensor([0L, 1]),
                ["scores"] = cat([sum.select(1, 0), tensor([0.5f])]),
            }),
        ];
    }

    private static Tensor Second(Tensor width) =>
        tensor([20f, 0, 20, 10]).reshape(1, 4).add(tensor([0f, 0, 1, 0]) * width, HeldScalars.One);
}
