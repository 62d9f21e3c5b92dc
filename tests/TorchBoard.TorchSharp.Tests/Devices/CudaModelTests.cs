using TorchBoard.Histograms;
using TorchBoard.Interpretation;
using TorchBoard.Monitoring;
using TorchBoard.Probing;
using TorchBoard.Tests.Probing;
using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Devices;

/// <summary>Pictures, models and explanations on a CUDA device are those of the CPU.</summary>
[RequiresCuda]
[NonParallelizable]
internal sealed class CudaModelTests : TensorFixture
{
    [OneTimeSetUp]
    public void UseFullPrecision()
    {
        // By default, convolutions round their operands to TF32.
        backends.cuda.matmul.allow_tf32 = false;
        backends.cudnn.allow_tf32 = false;
    }

    [Test]
    public void Pictures_and_tensors_have_the_same_bytes()
    {
        Tensor picture = rand(3, 20, 30);
        Tensor bytes = randint(256, [2, 3, 8, 8], ScalarType.Byte);
        RunLog cpu = Written(tensor => tensor), onDevice = Written(tensor => tensor.cuda());

        using (Assert.EnterMultipleScope())
        {
            foreach (string tag in (string[])["picture", "half", "bytes", "video"])
            {
                Assert.That(
                    onDevice.Images[tag].Values[0].Select(image => image.Encoded.ToArray()),
                    Is.EqualTo(cpu.Images[tag].Values[0].Select(image => image.Encoded.ToArray())),
                    tag);
            }

            Assert.That(
                onDevice.Tensors["tensor"].Values[0].ToDoubles(),
                Is.EqualTo(cpu.Tensors["tensor"].Values[0].ToDoubles()));
            Assert.That(
                onDevice.Audio["audio"].Values[0].Select(clip => clip.Encoded.ToArray()),
                Is.EqualTo(cpu.Audio["audio"].Values[0].Select(clip => clip.Encoded.ToArray())));
        }

        RunLog Written(Func<Tensor, Tensor> placed)
        {
            using var directory = new TestDirectory();
            using (var writer = new SummaryWriter(directory))
            {
                writer.AddImage("picture", placed(picture), 0);
                writer.AddImage("half", placed(picture.to_type(ScalarType.Float16)), 0);
                writer.AddImages("bytes", placed(bytes), 0);
                writer.AddVideo("video", placed(bytes.unsqueeze(0)), 0, framesPerSecond: 4);
                writer.AddTensor("tensor", placed(picture.permute(2, 0, 1)), 0);
                writer.AddAudio("audio", placed((picture.reshape(-1) * 2) - 1), 0, 8000);
            }

            return RunLog.Open(directory);
        }
    }

    [Test]
    public void The_graph_and_the_summary_are_the_same()
    {
        using var model = torchvision.models.resnet18(num_classes: 10);
        Tensor input = randn(2, 3, 64, 64);
        (string[] nodes, string[] rows) = Of();
        model.cuda();
        input = input.cuda();

        (string[] nodesOnDevice, string[] rowsOnDevice) = Of();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nodesOnDevice, Is.EqualTo(nodes));
            Assert.That(rowsOnDevice, Is.EqualTo(rows));
        }

        (string[] Nodes, string[] Rows) Of()
        {
            using var directory = new TestDirectory();
            using (var writer = new SummaryWriter(directory))
                writer.AddGraph(model, input);
            return (
                [.. RunLog.Open(directory).Graphs[0].ReadNodes()
                    .Select(node => $"{node.Name}: {node.Op}({string.Join(", ", node.Inputs)})")],
                [.. ModelSummary.Of(model, input).Rows.Select(row =>
                    $"{row.Path}: {row.TypeName} {row.Parameters} "
                    + string.Join(" ", row.OutputShapes.Select(shape => string.Join('×', shape))))]);
        }
    }

    [Test]
    public void Activation_maps_are_the_same([Values] CamMethod method)
    {
        using var model = new ConvolutionModel(inPlace: true);
        Tensor input = ConvolutionModel.Picture();
        double[] expected = Map();
        model.cuda();
        input = input.cuda();

        Assert.That(Map(), Is.EqualTo(expected).Within(1e-4));

        double[] Map()
        {
            using var directory = new TestDirectory();
            using var writer = new SummaryWriter(directory);
            return writer.AddActivationMap("map", model, input, 0, new() { Method = method, Target = 0 })
                .Values.ToArray();
        }
    }

    [Test]
    public void Explanations_are_the_same([Values] ExplanationMethod method)
    {
        using var model = new ConvolutionModel(inPlace: true);
        Tensor input = ConvolutionModel.Picture();
        double[] expected = new ModelScore(model, input, 0).Explain(method).Values.ToArray();
        model.cuda();

        double[] onDevice = new ModelScore(model, input.cuda(), 0).Explain(method).Values.ToArray();

        Assert.That(onDevice, Is.EqualTo(expected).Within(1e-3 * Math.Max(1, expected.Max(Math.Abs))));
    }

    [Test]
    public void A_watch_writes_the_same()
    {
        Tensor input = randn(16, 10);
        using var model = nn.Sequential(("fc1", nn.Linear(10, 20)), ("relu", nn.ReLU()), ("fc2", nn.Linear(20, 4)));
        RunLog cpu = Watched();
        model.cuda();
        input = input.cuda();

        RunLog onDevice = Watched();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(onDevice.Tags.Keys.Order(), Is.EqualTo(cpu.Tags.Keys.Order()));
            foreach (string tag in cpu.Histograms.Keys)
            {
                Histogram expected = cpu.Histograms[tag].Values[0], counted = onDevice.Histograms[tag].Values[0];
                Assert.That(counted.Count, Is.EqualTo(expected.Count), tag);
                Assert.That((counted.Min, counted.Max), Is.EqualTo((expected.Min, expected.Max)).Within(1e-5), tag);
            }

            foreach ((string tag, ScalarSeries expected) in cpu.Scalars)
                Assert.That(onDevice.Scalars[tag].Values[0], Is.EqualTo(expected.Values[0]).Within(1e-3).Percent, tag);
        }

        RunLog Watched()
        {
            using var directory = new TestDirectory();
            using (var writer = new SummaryWriter(directory))
            using (var optimizer = optim.SGD(model.parameters(), 0.1))
            using (ModelWatch watch = writer.Watch(model, new() { Activations = true, Optimizer = optimizer }))
            {
                optimizer.zero_grad();
                model.call(input).sum().backward();
                watch.Step(0);
            }

            return RunLog.Open(directory);
        }
    }

    [Test]
    public void Memory_is_sampled_as_CUDA_reports_it()
    {
        using var directory = new TestDirectory();
        using (Tensor large = zeros([256L << 20], ScalarType.Byte, CUDA))
        using (var writer = new SummaryWriter(directory))
        using (writer.MonitorSystem(new SystemMonitorOptions { Interval = TimeSpan.FromMilliseconds(100) }))
        {
            Assert.That(
                () => Flushed(writer, directory).Scalars.ContainsKey("system/gpu0_memory_used_mib"),
                Is.True.After(20_000, 50));
        }

        RunLog run = RunLog.Open(directory);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["system/gpu0_memory_used_mib"].Values[0], Is.GreaterThanOrEqualTo(256));
            Assert.That(run.Scalars["system/gpu0_percent"].Values[0], Is.InRange(0, 100));
            Assert.That(run.Scalars["system/gpu0_memory_percent"].Values[0], Is.InRange(0.01, 100));
        }

        static RunLog Flushed(SummaryWriter writer, string directory)
        {
            writer.Flush();
            return RunLog.Open(directory);
        }
    }
}
