using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>
/// A 3×3 convolution from one channel to two, all weights 1, biases −50 and −75; ReLU; flatten; a linear layer from 8
/// to 4 of which each row is five times 1 and three times −1; ReLU. For a picture of 4×4.
/// </summary>
internal sealed class ConvolutionModel : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> conv;
    private readonly nn.Module<Tensor, Tensor> relu1;
    private readonly nn.Module<Tensor, Tensor> flatten;
    private readonly nn.Module<Tensor, Tensor> linear;
    private readonly nn.Module<Tensor, Tensor> relu2;

    public ConvolutionModel(bool inPlace = false)
        : base(nameof(ConvolutionModel))
    {
        conv = nn.Conv2d(1, 2, 3);
        relu1 = nn.ReLU(inPlace);
        flatten = nn.Flatten();
        linear = nn.Linear(8, 4);
        relu2 = nn.ReLU(inPlace);
        RegisterComponents();
        using IDisposable noGradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor parameter) in this.named_parameters())
        {
            parameter.copy_(name switch
            {
                "conv.bias" => tensor([-50f, -75]),
                "linear.bias" => zeros(4),
                "linear.weight" => tensor([1f, 1, 1, 1, 1, -1, -1, -1]).expand(4, 8),
                _ => ones_like(parameter),
            });
        }
    }

    /// <summary>0 to 15, [1, 1, 4, 4].</summary>
    public static Tensor Picture() => arange(16, ScalarType.Float32).reshape(1, 1, 4, 4);

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor maps = relu1.call(conv.call(input));
        return relu2.call(linear.call(flatten.call(maps))).MoveToOuterDisposeScope();
    }
}
