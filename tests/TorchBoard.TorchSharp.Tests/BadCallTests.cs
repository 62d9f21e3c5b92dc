using System.Runtime.InteropServices;
using TorchBoard.Interpretation;
using TorchBoard.Probing;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>
/// Models that cannot be called with what they are given: the layer and the shapes are named, and modes, hooks and
/// gradients are as they were.
/// </summary>
internal sealed class BadCallTests : TensorFixture
{
    private static readonly Dictionary<string, Action<SummaryWriter, nn.Module, Tensor>> Calls = new()
    {
        ["AddGraph"] = (writer, model, input) => writer.AddGraph(model, input),
        ["AddGraph, a call"] = (writer, model, input) =>
            writer.AddGraph(model, () => ((nn.Module<Tensor, Tensor>)model).call(input)),
        ["AddModelSummary"] = (writer, model, input) => writer.AddModelSummary("t", model, 0, input),
        ["AddModelSummary, a call"] = (writer, model, input) =>
            writer.AddModelSummary("t", model, 0, () => ((nn.Module<Tensor, Tensor>)model).call(input)),
        ["AddFeatureMaps"] = (writer, model, input) => writer.AddFeatureMaps("t", model, input, 0, "conv"),
        ["AddFeatureMaps, no layer"] = (writer, model, input) => writer.AddFeatureMaps("t", model, input, 0),
        ["AddActivationMap"] = (writer, model, input) => writer.AddActivationMap("t", model, input, 0),
        ["AddActivationMap, Score-CAM"] = (writer, model, input) =>
            writer.AddActivationMap("t", model, input, 0, new() { Method = CamMethod.ScoreCam }),
        ["AddActivationMap, Ablation-CAM"] = (writer, model, input) =>
            writer.AddActivationMap("t", model, input, 0, new() { Method = CamMethod.AblationCam }),
        ["AddExplanation"] = (writer, model, input) =>
            writer.AddExplanation("t", model, input, 0, ExplanationMethod.Saliency),
        ["ModelScore"] = (_, model, input) => new ModelScore(model, input).ToString(),
        ["ModelProbe"] = (_, model, input) =>
        {
            using var probe = new ModelProbe(model, "conv");
            probe.Run(input);
        },
        ["SuggestLayer"] = (_, model, input) => ModelProbe.SuggestLayer(model, input),
    };

    private static IEnumerable<string> Names => Calls.Keys;

    [TestCaseSource(nameof(Names))]
    public void A_wrong_shape_names_the_layer_and_the_shapes(string call)
    {
        using var model = new Net();

        ArgumentException refusal = Refused<ArgumentException>(call, model, ones(1, 1, 9, 9));

        Assert.That(refusal.Message, Is.EqualTo(
            "Net cannot take [1, 1, 9, 9]: layer 'fc' (Linear, weight [3, 32]) received [1, 98]. "
            + "libtorch: mat1 and mat2 shapes cannot be multiplied (1x98 and 32x3)."));
        Assert.That(refusal.InnerException, Is.InstanceOf<ExternalException>());
    }

    [TestCaseSource(nameof(Names))]
    public void Exceptions_of_the_model_propagate(string call)
    {
        using var model = new Net { Failure = new NotSupportedException("the model's own") };

        NotSupportedException failure = Refused<NotSupportedException>(call, model, ones(1, 1, 6, 6));

        Assert.That(failure, Is.SameAs(model.Failure));
    }

    [TestCaseSource(nameof(Names))]
    public void A_disposed_model(string call)
    {
        var model = new Net();
        model.Dispose();
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);

        Assert.That(
            () => Calls[call](writer, model, ones(1, 1, 6, 6)),
            Throws.ArgumentException.With.Message.StartsWith("The model, a Net, has been disposed of."));
    }

    [Test]
    public void A_model_on_another_device_than_its_input()
    {
        using var model = new Net();
        model.to(DeviceType.META);

        ArgumentException refusal = Refused<ArgumentException>("AddGraph", model, ones(1, 1, 6, 6));

        Assert.That(refusal.Message, Does.StartWith("The model, a Net, is on the device 'meta'"));
    }

    private static TException Refused<TException>(string call, Net model, Tensor input)
        where TException : Exception
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        model.train();
        model.Norm.eval();

        var failure = Assert.Catch<TException>(() => Calls[call](writer, model, input))!;

        Assert.That((model.training, model.Norm.training), Is.EqualTo((true, false)));
        Assert.That(HookCount.Of(model), Is.Zero);
        Assert.That(model.parameters().Select(parameter => parameter.requires_grad), Has.All.True);
        Assert.That(model.parameters().Select(parameter => parameter.grad), Has.All.Null);
        Assert.That(is_grad_enabled(), Is.True);
        return failure;
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> conv = nn.Conv2d(1, 2, 3);
        private readonly nn.Module<Tensor, Tensor> norm = nn.BatchNorm2d(2);
        private readonly nn.Module<Tensor, Tensor> fc = nn.Linear(32, 3);

        public Net()
            : base(nameof(Net)) => RegisterComponents();

        public nn.Module Norm => norm;

        public Exception? Failure { get; init; }

        public override Tensor forward(Tensor input)
        {
            Tensor x = norm.call(conv.call(input));
            return Failure is null ? fc.call(x.flatten(1)) : throw Failure;
        }
    }
}
