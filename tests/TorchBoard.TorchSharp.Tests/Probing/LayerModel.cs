using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>
/// Captum's BasicModel_MultiLayer: the identity (linear0); the sum − 10, and three times the sum + 1 (linear1); ReLU;
/// the sum of these − 1, and + 1 (linear2). For three inputs.
/// </summary>
internal sealed class LayerModel : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> linear0;
    private readonly nn.Module<Tensor, Tensor> linear1;
    private readonly nn.Module<Tensor, Tensor> relu;
    private readonly nn.Module<Tensor, Tensor> linear2;

    public LayerModel(bool inPlace = false)
        : base(nameof(LayerModel))
    {
        linear0 = TargetModels.Linear(3, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 0, 0]);
        linear1 = TargetModels.Linear(3, 4, Ones(12), [-10, 1, 1, 1]);
        relu = nn.ReLU(inPlace);
        linear2 = TargetModels.Linear(4, 2, Ones(8), [-1, 1]);
        RegisterComponents();

        static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return linear2.call(relu.call(linear1.call(linear0.call(input)))).MoveToOuterDisposeScope();
    }
}
