using TorchBoard.Tests.Probing;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>A small model after a backward pass, and tensors for every call of the adapter.</summary>
internal sealed class AdapterParts : IDisposable
{
    public AdapterParts() => Forward();

    public ConvolutionModel Model { get; } = new();

    public BoxModel Detector { get; } = new();

    public TorchSharp.Modules.MultiheadAttention Attention { get; } = nn.MultiheadAttention(4, 2);

    public Tensor Picture { get; } = ConvolutionModel.Picture();

    public Tensor Integers { get; } = arange(96, ScalarType.Int64).reshape(2, 3, 4, 4);

    public Tensor Vectors { get; } = rand(3, 2);

    public Tensor Labels { get; } = tensor([0L, 1, 0]);

    public Tensor Sprites { get; } = ones([3, 1, 4, 4], ScalarType.Int32);

    public Tensor Points { get; } = rand(3, 3);

    public Tensor Corners { get; } = tensor([0L, 1, 2]).reshape(1, 3);

    public Tensor Tokens { get; } = rand(3, 1, 4);

    public Tensor Loss { get; } = rand(1);

    public Tensor Parameter => Model.parameters().First();

    public void Forward()
    {
        using Tensor scores = Model.call(Picture);
        using Tensor sum = scores.sum();
        sum.backward();
    }

    public void Dispose()
    {
        Model.Dispose();
        Detector.Dispose();
        Attention.Dispose();
        foreach (Tensor tensor in (Tensor[])[Picture, Integers, Vectors, Labels, Sprites, Points, Corners, Tokens, Loss])
            tensor.Dispose();
    }
}
