using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharpDigits;

/// <summary>A network of two convolutions, a layer of 64 features, and ten scores.</summary>
internal sealed class DigitNet : Module<Tensor, Tensor>
{
    private const int Units = 64;
    private const int Classes = 10;

    private readonly Module<Tensor, Tensor> features;
    private readonly Module<Tensor, Tensor> head;

    public DigitNet(double dropout)
        : base(nameof(DigitNet))
    {
        // After pooling, an 8×8 picture is 32 planes of 4×4.
        features = Sequential(
            ("conv1", Conv2d(1, 16, 3, padding: 1)),
            ("relu1", ReLU()),
            ("conv2", Conv2d(16, 32, 3, padding: 1)),
            ("relu2", ReLU()),
            ("pool", MaxPool2d(2)),
            ("flatten", Flatten()),
            ("hidden", Linear(32 * 4 * 4, Units)),
            ("relu3", ReLU()));
        head = Sequential(("dropout", Dropout(dropout)), ("scores", Linear(Units, Classes)));
        RegisterComponents();
    }

    /// <summary>Computes ten scores for each picture: [N, 1, 8, 8] to [N, 10].</summary>
    public override Tensor forward(Tensor input) => head.call(features.call(input));

    /// <summary>Computes the features of each picture: [N, 1, 8, 8] to [N, 64].</summary>
    public Tensor Describe(Tensor input) => features.call(input);
}
