using TorchBoard.Interpretation;
using TorchBoard.Probing;
using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>
/// Every entry that takes a model or the name of a layer, with every kind of bad or odd input: a result, or an error
/// that says what is wanted.
/// </summary>
internal sealed class BadInputTests : TensorFixture
{
    private static readonly ModelTarget Sum = ModelTarget.Of(output => output.flatten(1).sum(1));

    private static readonly Dictionary<string, Action<Given>> Entries = new()
    {
        ["AddGraph"] = given => given.Writer.AddGraph(given.Model, given.Input),
        ["AddModelSummary"] = given => given.Writer.AddModelSummary("t", given.Model, 0, given.Input),
        ["ModelSummary.Of"] = given => ModelSummary.Of(given.Model, given.Input),
        ["Watch"] = given =>
        {
            using ModelWatch watch = given.Writer.Watch(given.Model, new WatchOptions { Interval = 1 });
            watch.Step(0);
        },
        ["AddFeatureMaps"] = given => given.Writer.AddFeatureMaps("t", given.Model, given.Input, 0, given.Layer),
        ["AddFeatureMaps, suggested"] = given => given.Writer.AddFeatureMaps("t", given.Model, given.Input, 0),
        ["AddKernels"] = given => given.Writer.AddKernels("t", given.Model, 0, given.Layer),
        ["AddKernels, first"] = given => given.Writer.AddKernels("t", given.Model, 0),
        ["AddActivationMap"] = given => given.Writer.AddActivationMap("t", given.Model, given.Input, 0, given.Maps),
        ["AddActivationMap, Score-CAM"] = given => given.Writer.AddActivationMap(
            "t", given.Model, given.Input, 0, given.Maps with { Method = CamMethod.ScoreCam }),
        ["AddActivationMap, Ablation-CAM"] = given => given.Writer.AddActivationMap(
            "t", given.Model, given.Input, 0, given.Maps with { Method = CamMethod.AblationCam }),
        ["AddExplanation"] = given => given.Writer.AddExplanation(
            "t", given.Model, given.Input, 0, ExplanationMethod.Saliency, new() { Target = Sum }),
        ["AddExplanation, occlusion"] = given => given.Writer.AddExplanation(
            "t", given.Model, given.Input, 0, ExplanationMethod.Occlusion, new() { Target = Sum }),
        ["AddEnsembleExplanation"] = given => given.Writer.AddEnsembleExplanation(
            "t", [given.Model, given.Model], given.Input, 0, ExplanationMethod.Saliency, new() { Target = Sum }),
        ["ModelProbe"] = given =>
        {
            using var probe = new ModelProbe(given.Model, given.Layer);
            probe.Run(given.Input, Sum);
            Assert.That(probe.GradientsOf(given.Layer).shape, Is.EqualTo(new[] { 1, 2, 4, 4 }));
        },
        ["ModelScore"] = given =>
        {
            var score = new ModelScore(given.Model, given.Input, Sum);
            score.Gradient(score.Input, 1, new double[1], new float[score.Input.Length]);
        },
        ["ModelScore.FromLayer"] = given =>
        {
            ModelScore score = ModelScore.FromLayer(given.Model, given.Input, given.Layer, Sum);
            score.Gradient(score.Input, 1, new double[1], new float[score.Input.Length]);
        },
        ["SuggestLayer"] = given => ModelProbe.SuggestLayer(given.Model, given.Input),
        ["AddGradientFlow"] = given => given.Writer.AddGradientFlow("t", given.Model, 0),
        ["AddGradientHeatmap"] = given => given.Writer.AddGradientHeatmap("t", given.Model, $"{given.Layer}.weight", 0),
        ["ModelAttention.Of"] = given =>
            ModelAttention.Of(given.Model, given.Tokens, given.Tokens, 2, path: given.Attention),
    };

    private static readonly string[] OfLayers =
    [
        "AddFeatureMaps", "AddKernels", "AddActivationMap", "AddActivationMap, Score-CAM",
        "AddActivationMap, Ablation-CAM", "ModelProbe", "ModelScore.FromLayer",
    ];

    private static readonly string[] OfParameters =
        ["Watch", "AddKernels", "AddKernels, first", "AddGradientFlow", "AddGradientHeatmap"];

    private static readonly Kind[] Kinds =
    [
        new("nothing bad", given => given, _ => null),
        new(
            "a wrong name", given => given with { Layer = "cnov", Attention = "atn" },
            entry => OfLayers.Contains(entry) ? "'cnov' was not found among the 3 layers of Net; the nearest: 'conv'"
                : entry == "AddGradientHeatmap" ? "'cnov.weight' was not found.*; the nearest: 'conv.weight'"
                : entry == "ModelAttention.Of" ? "it has attention at 'attn'"
                : null),
        new(
            "disposed tensors",
            given =>
            {
                given.Input.Dispose();
                given.Tokens.Dispose();
                return given;
            },
            entry => OfParameters.Contains(entry) ? null : "^The tensor has been disposed of"),
        new(
            "a disposed model",
            given =>
            {
                given.Model.Dispose();
                return given;
            },
            _ => "^The model, a Net, has been disposed of"),
        new(
            "a model on meta",
            given =>
            {
                given.Model.to(DeviceType.META);
                return given;
            },
            _ => "^The model, a Net, is on the device 'meta', where parameters have no values"),
        new(
            "no model", given => given with { Model = null! },
            entry => entry == "ModelAttention.Of" ? @"\(Parameter 'attention'\)" : @"\(Parameter 'model'\)"),
        new(
            "TorchScript", given => given with { Model = given.Script(), Layer = "fc" },
            entry => entry.StartsWith("AddKernels", StringComparison.Ordinal)
                ? "^Layers of a TorchScript module are not visible"
                : OfLayers.Contains(entry) || entry is "SuggestLayer" or "AddFeatureMaps, suggested"
                    ? "^Layers of TorchScript cannot be hooked"
                : entry is "AddGradientFlow" or "AddGradientHeatmap" ? "call backward\\(\\) first"
                : entry == "ModelAttention.Of" ? "nn.MultiheadAttention is required"
                : null),
        new(
            "integers",
            given => given with
            {
                Input = given.Input.to_type(ScalarType.Int64),
                Tokens = given.Tokens.to_type(ScalarType.Int64),
            },
            entry => OfParameters.Contains(entry) || entry == "ModelAttention.Of" ? null
                : @"^Net cannot take \[1, 1, 6, 6\] of Int64|The input must hold floating-point numbers"),
        new("inference_mode", given => given, _ => null) { Around = () => inference_mode() },
        new(
            "inference_mode, tensors made there",
            given => given with { Input = given.Input.clone(), Tokens = given.Tokens.clone() }, _ => null)
        {
            Around = () => inference_mode(),
        },
        new("no_grad", given => given, _ => null) { Around = no_grad },
    ];

    private static IEnumerable<TestCaseData> Cases =>
        from kind in Kinds
        from entry in Entries.Keys
        select new TestCaseData(entry, kind).SetArgDisplayNames(entry, kind.Name);

    [TestCaseSource(nameof(Cases))]
    public void Every_call_returns_a_result_or_an_error_that_says_what_is_expected(string entry, Kind kind)
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using var model = new Net();
        model.call(ones(1, 1, 6, 6)).sum().backward();
        var given = new Given(writer, directory, model, rand(1, 1, 6, 6), rand(3, 1, 4));
        string? wanted = kind.Wanted(entry);

        using (kind.Around())
        {
            given = kind.Change(given);
            if (wanted is null)
            {
                Entries[entry](given);
            }
            else
            {
                Assert.That(
                    () => Entries[entry](given),
                    Throws.InstanceOf<ArgumentException>().With.Message.Matches(wanted));
            }
        }

        Assert.That(HookCount.Of(model), Is.Zero);
        if (ReferenceEquals(given.Model, model) && kind.Name is not ("a disposed model" or "a model on meta"))
        {
            Assert.That(model.training, Is.True);
            Assert.That(model.Gradient, Is.EqualTo(3), "as backward() left it");
        }
    }

    internal sealed record Kind(string Name, Func<Given, Given> Change, Func<string, string?> Wanted)
    {
        public Func<IDisposable?> Around { get; init; } = () => null;
    }

    internal sealed record Given(
        SummaryWriter Writer, string Directory, nn.Module Model, Tensor Input, Tensor Tokens)
    {
        public string Layer { get; init; } = "conv";

        public string Attention { get; init; } = "attn";

        public ActivationMapOptions Maps => new() { Target = Sum, Layers = [Layer] };

        public nn.Module Script()
        {
            string file = Path.Combine(Directory, "net.pt");
            ScriptFile.Write(file, 2, 6);
            return jit.load<Tensor, Tensor>(file);
        }
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> conv = nn.Conv2d(1, 2, 3);
        private readonly nn.Module<Tensor, Tensor> fc = nn.Linear(32, 3);

        public Net()
            : base(nameof(Net))
        {
            RegisterComponents();
            register_module("attn", nn.MultiheadAttention(4, 2));
        }

        /// <summary>The gradient of the last layer's biases, summed.</summary>
        public double Gradient => fc.parameters().Last().grad!.sum().ToDouble();

        public override Tensor forward(Tensor input) => fc.call(conv.call(input).flatten(1));
    }
}
