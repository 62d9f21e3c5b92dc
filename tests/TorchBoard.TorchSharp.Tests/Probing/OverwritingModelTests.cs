using System.Runtime.InteropServices;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>
/// Models that change in place what their own gradient needs, as <c>s = sigmoid(x); s.mul_(2)</c> does: libtorch throws
/// in the backward pass, and the error says what to do.
/// </summary>
internal sealed class OverwritingModelTests : TensorFixture
{
    private static readonly Dictionary<string, Action<SummaryWriter, nn.Module, Tensor>> Calls = new()
    {
        ["ModelProbe.Run"] = (_, model, input) =>
        {
            using var probe = new ModelProbe(model, "conv");
            probe.Run(input);
        },
        ["ModelScore.Gradient"] = (_, model, input) =>
        {
            var score = new ModelScore(model, input);
            score.Gradient(score.Input, 1, new double[1], new float[score.Input.Length]);
        },
        ["AddActivationMap"] = (writer, model, input) => writer.AddActivationMap("t", model, input, 0),
        ["AddExplanation"] = Explained(ExplanationMethod.Saliency),
        ["AddExplanation, guided"] = Explained(ExplanationMethod.GuidedBackpropagation),
        ["AddExplanation, DeepLIFT"] = Explained(ExplanationMethod.DeepLift),
        ["AddEnsembleExplanation"] = (writer, model, input) =>
            writer.AddEnsembleExplanation("t", [model], input, 0, ExplanationMethod.Saliency),
    };

    private static IEnumerable<string> Names => Calls.Keys;

    [TestCaseSource(nameof(Names))]
    public void The_error_names_the_model_and_the_remedy(string call)
    {
        using var model = new Overwriting();
        model.train();
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Tensor input = ones(1, 1, 4, 4);

        InvalidOperationException failure =
            Assert.Throws<InvalidOperationException>(() => Calls[call](writer, model, input))!;

        Assert.That(failure.Message, Does.StartWith(
            "Overwriting, or the target's function, changes in place a value that its own gradient needs, so the score "
            + "has no gradient. Use an operation that creates a new tensor there: mul(…), not mul_(…); ReLU "
            + "without inplace. "
            + "libtorch: one of the variables needed for gradient computation has been modified by an inplace operation"));
        Assert.That(failure.InnerException, Is.InstanceOf<ExternalException>());
        Assert.That(model.training, Is.True);
        Assert.That(HookCount.Of(model), Is.Zero);
        Assert.That(model.parameters().Select(parameter => parameter.grad), Has.All.Null);
    }

    [Test]
    public void No_tensor_stays_after_the_error()
    {
        using var model = new Overwriting();
        using Tensor input = ones(1, 1, 4, 4);
        Fail();
        long alive = LiveTensors.Count();

        for (int i = 0; i < 5; i++)
            Fail();

        Assert.That(LiveTensors.Count(), Is.EqualTo(alive));

        void Fail()
        {
            foreach (string call in Names.Where(name => !name.StartsWith("Add", StringComparison.Ordinal)))
                Assert.Throws<InvalidOperationException>(() => Calls[call](null!, model, input));
        }
    }

    [Test]
    public void Methods_that_need_no_gradient_explain_such_a_model()
    {
        using var model = new Overwriting();
        var score = new ModelScore(model, ones(1, 1, 4, 4));

        Assert.That(score.Explain(ExplanationMethod.Occlusion).IsAllZero, Is.False);
    }

    private static Action<SummaryWriter, nn.Module, Tensor> Explained(ExplanationMethod method) =>
        (writer, model, input) => writer.AddExplanation("t", model, input, 0, method);

    private sealed class Overwriting : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> conv = nn.Conv2d(1, 2, 3);
        private readonly nn.Module<Tensor, Tensor> relu = nn.ReLU();

        public Overwriting()
            : base(nameof(Overwriting))
        {
            using IDisposable noGradients = no_grad();
            foreach (Tensor parameter in conv.parameters())
                parameter.copy_(ones_like(parameter));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            Tensor x = relu.call(conv.call(input));
            Tensor s = sigmoid(x);
            s.mul_(ones_like(s));
            return s.flatten(2).sum(2);
        }
    }
}
