using TorchBoard.Probing;
using TorchBoard.Tests.Probing;
using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>500 steps of a loop that logs everything: neither tensors nor memory grow.</summary>
[NonParallelizable]
internal sealed class EverythingOnTests
{
    private const int Steps = 500;
    private const int WarmSteps = 100;

    // A tensor that is left behind at each step would take 315 MB; a heap that is used by several threads grows a little.
    private const long Tolerance = 128 << 20;

    [Test]
    public void Tensors_and_memory_stay_as_they_were()
    {
        using var directory = new TestDirectory();
        using var model = new ConvolutionModel();
        using Tensor input = ConvolutionModel.Picture();
        using Tensor picture = rand(3, 64, 64);
        using Tensor large = rand(3, 256, 256);
        using var writer = new SummaryWriter(directory, new SummaryWriterOptions { UnwrittenBytesLimit = 4 << 20 });
        using ModelWatch watch = writer.Watch(model, new() { Interval = 1, Activations = true });
        for (int step = 0; step < WarmSteps; step++)
            Step(step);
        (long tensors, long ofThread, long memory) = Now();

        for (int step = WarmSteps; step < Steps; step++)
            Step(step);

        (long tensorsAfter, long ofThreadAfter, long memoryAfter) = Now();
        Assert.That(tensorsAfter, Is.EqualTo(tensors));
        Assert.That(ofThreadAfter, Is.EqualTo(ofThread), "of this thread");
        Assert.That(memoryAfter - memory, Is.LessThan(Tolerance));

        void Step(long step)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor loss = model.call(input).sum();
            loss.backward();
            watch.Step(step);
            model.zero_grad();
            writer.AddScalar("loss", loss, step);
            writer.AddHistogram("large", large, step);
            writer.AddImage("picture", picture, step);
            writer.AddTensor("large/tensor", large, step);
            if (step % 10 != 0)
                return;
            writer.AddActivationMap("cam", model, input, step);
            writer.AddExplanation("saliency", model, input, step, ExplanationMethod.Saliency);
            writer.AddExplanation("deeplift", model, input, step, ExplanationMethod.DeepLift);
            writer.AddFeatureMaps("maps", model, input, step);
            writer.AddModelSummary("summary", model, step, input);
            writer.AddEmbedding("vectors", picture.select(0, 0), step);
            writer.AddAttention("attention", picture.select(0, 0).narrow(0, 0, 8).narrow(1, 0, 8), step);
            writer.AddAudio("audio", picture.reshape(-1), step);
            writer.AddVideo("video", picture.reshape(1, 1, 3, 64, 64), step);
        }

        (long Tensors, long OfThread, long Memory) Now()
        {
            writer.Flush();
            long alive = LiveTensors.Count();
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return (alive, DisposeScopeManager.Statistics.ThreadTotalLiveCount, process.WorkingSet64);
        }
    }
}
