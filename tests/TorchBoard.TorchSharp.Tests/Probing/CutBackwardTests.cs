using TorchBoard.Probing;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>
/// The backward pass in pieces, where its rule is that of autograd: it must find autograd's gradient.
/// </summary>
internal sealed class CutBackwardTests
{
    [Test]
    public void Pieces_join_to_the_whole_gradient_over_branches_and_shared_modules()
    {
        manual_seed(1);
        using var model = new Residual();
        using Tensor input = randn(1, 6);
        float[] gradient = new float[6];
        var score = new ModelScore(model, input, 1);
        score.Gradient(score.Input, 1, new double[1], gradient);

        using DisposeScope scope = NewDisposeScope();
        using var backward = new CutBackward(model, input, new HashSet<string> { "ReLU" }, model.call);
        Tensor arrived = backward.From(
            backward.Scores(1).sum(), (call, gradients) => gradients * (call.Input > 0).to_type(gradients.dtype));

        using var host = new HostTensor(arrived, ScalarType.Float32);
        Assert.That(host.Values<float>().ToArray(), Is.EqualTo(gradient).Within(1e-6));
    }

    [Test]
    public void DeepLift_is_complete_where_all_nonlinearities_are_modules()
    {
        manual_seed(2);
        using var model = new Residual();
        using Tensor input = randn(1, 6);
        Attributions(new ModelScore(model, input, 0), baseline: null);
        Attributions(new ModelScore(model, input, 0), baseline: [0.5f]);

        // Where an input is at its baseline, the slope is the derivative.
        float[] same = new ModelScore(model, input).Input.ToArray();
        same[0] += 1;
        Attributions(new ModelScore(model, input, 0), same);

        static void Attributions(ModelScore score, float[]? baseline)
        {
            TorchBoard.Interpretation.Attribution attribution = score.DeepLift(baseline);
            Assert.That(attribution.Delta, Is.Zero.Within(1e-5));
            Assert.That(attribution.Score, Is.EqualTo(score.Score).Within(1e-6));
        }
    }

    [Test]
    public void A_model_without_ReLU_modules_is_refused_with_the_reason()
    {
        using nn.Module<Tensor, Tensor> model = nn.Sequential(("linear", nn.Linear(2, 2)), ("tanh", nn.Tanh()));
        using Tensor input = ones(1, 2);
        Assert.That(
            () => new ModelScore(model, input).GuidedBackpropagation(),
            Throws.InvalidOperationException.With.Message.StartsWith("No nn.ReLU module of Sequential was called."));
    }

    private sealed class Residual : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> first = nn.Linear(6, 6);
        private readonly nn.Module<Tensor, Tensor> second = nn.Linear(6, 6);
        private readonly nn.Module<Tensor, Tensor> relu = nn.ReLU(inplace: true);
        private readonly nn.Module<Tensor, Tensor> tanh = nn.Tanh();
        private readonly nn.Module<Tensor, Tensor> head = nn.Linear(6, 2);

        public Residual()
            : base(nameof(Residual)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            Tensor hidden = relu.call(first.call(input));
            hidden = hidden + relu.call(second.call(hidden)) + input;
            return head.call(hidden + tanh.call(relu.call(hidden * 2)));
        }
    }
}
