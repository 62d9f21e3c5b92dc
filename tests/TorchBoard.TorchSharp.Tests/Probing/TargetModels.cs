using TorchBoard.Interpretation;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>Models with outputs other than class scores, small enough to compute by hand.</summary>
internal static class TargetModels
{
    public const double Tolerance = 1e-5;

    /// <summary>1, 2 over 3, −4: [1, 1, 2, 2].</summary>
    public static Tensor Picture() => tensor([1f, 2, 3, -4]).reshape(1, 1, 2, 2);

    public static void AssertValues(Attribution attribution, params double[] expected) =>
        Assert.That(attribution.Values.ToArray(), Is.EqualTo(expected).Within(Tolerance));

    public static nn.Module<Tensor, Tensor> Linear(int inputs, int outputs, float[] weights, float[] biases)
    {
        nn.Module<Tensor, Tensor> linear = nn.Linear(inputs, outputs);
        using IDisposable noGradients = no_grad();
        Tensor[] parameters = [.. linear.parameters()];
        parameters[0].copy_(tensor(weights).reshape(outputs, inputs));
        parameters[1].copy_(tensor(biases));
        return linear;
    }

    public static nn.Module<Tensor, Tensor> Signs()
    {
        nn.Module<Tensor, Tensor> conv = nn.Conv2d(1, 2, 1, bias: false);
        using IDisposable noGradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        conv.parameters().First().copy_(tensor([1f, -1]).reshape(2, 1, 1, 1));
        return conv;
    }

    /// <summary>conv: x and −x. Logits [N, 2, H, W]: x and 2 − x.</summary>
    internal sealed class Segmenting : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> conv = Signs();

        public Segmenting()
            : base(nameof(Segmenting)) => RegisterComponents();

        public override Tensor forward(Tensor input) => conv.call(input) + tensor([0f, 2]).reshape(1, 2, 1, 1);
    }

    /// <summary>Unused boxes, and the sums of x and of −x as scores.</summary>
    internal sealed class Detecting : nn.Module<Tensor, (Tensor Boxes, Tensor Scores)>
    {
        private readonly nn.Module<Tensor, Tensor> conv = Signs();

        public Detecting()
            : base(nameof(Detecting)) => RegisterComponents();

        public override (Tensor Boxes, Tensor Scores) forward(Tensor input) =>
            (zeros(input.shape[0], 2, 4), conv.call(input).flatten(2).sum(2));
    }

    /// <summary>The sums over x and over −x of the pixels of a mask.</summary>
    internal sealed class Masked : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> conv = Signs();

        public Masked()
            : base(nameof(Masked)) => RegisterComponents();

        public override Tensor forward(Tensor input, Tensor mask) => (conv.call(input) * mask).flatten(2).sum(2);
    }

    internal sealed class Language : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> embedding = nn.Embedding(4, 2);
        private readonly nn.Module<Tensor, Tensor> head = Linear(2, 2, [1, 0, 0, 2], [0, 0]);

        public Language()
            : base(nameof(Language))
        {
            RegisterComponents();
            register_module("unused", nn.ReLU());
            using IDisposable noGradients = no_grad();
            using DisposeScope scope = NewDisposeScope();
            embedding.parameters().First().copy_(tensor([0f, 1, 1, 1, 2, 1, 3, 1]).reshape(4, 2));
        }

        public override Tensor forward(Tensor input) => head.call(embedding.call(input).cumsum(1));
    }

    internal sealed class Calling(Func<Tensor, Tensor> function) : nn.Module<Tensor, Tensor>(nameof(Calling))
    {
        public override Tensor forward(Tensor input) => function(input);
    }

    internal sealed class Answering(Func<Tensor, Answer> function) : nn.Module<Tensor, Answer>(nameof(Answering))
    {
        public override Answer forward(Tensor input) => function(input);
    }

    internal sealed record Answer(string Text);
}
