using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>y = ReLU(s − 10) + 3·ReLU(s + 1) − 1, s the sum of three inputs.</summary>
internal static class SumModel
{
    public static nn.Module<Tensor, Tensor> Create()
    {
        nn.Module<Tensor, Tensor> model = nn.Sequential(
            ("linear0", nn.Linear(3, 2)), ("relu", nn.ReLU()), ("linear1", nn.Linear(2, 1)));
        using IDisposable noGradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor parameter) in model.named_parameters())
        {
            parameter.copy_(name switch
            {
                "linear0.weight" => ones(2, 3),
                "linear0.bias" => tensor([-10f, 1]),
                "linear1.weight" => tensor([1f, 3]).reshape(1, 2),
                _ => tensor([-1f]),
            });
        }

        return model;
    }

    /// <summary>20, 50, 30: [1, 3].</summary>
    public static Tensor Input() => tensor([20f, 50, 30]).reshape(1, 3);
}
