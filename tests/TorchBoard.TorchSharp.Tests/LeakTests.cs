using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>
/// No tensor is left behind: not alive, not in the caller's dispose scope, not in the autograd graph.
/// </summary>
[NonParallelizable]
internal sealed class LeakTests
{
    [Test]
    public void Tensors_and_scopes_are_as_they_were()
    {
        using var directory = new TestDirectory();
        using Tensor weights = randn(2, 3, 8, 8, requires_grad: true);
        using Tensor loss = weights.mean();
        using Tensor half = weights.detach().to_type(ScalarType.BFloat16);
        AddAll(directory, weights, loss, half);
        long alive = LiveTensors.Count();
        using DisposeScope scope = NewDisposeScope();

        for (int i = 0; i < 10; i++)
            AddAll(directory, weights, loss, half);

        Assert.That(Tensor.TotalCount, Is.EqualTo(alive));
        Assert.That(scope.DisposablesCount, Is.Zero);
    }

    [Test]
    public void A_refusal_leaves_no_scope_open()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using DisposeScope scope = NewDisposeScope();
        Tensor labels = ones(3, ScalarType.Int64) * 5;
        Tensor scores = ones(3, 2);

        Assert.Catch<ArgumentException>(() => writer.AddPrCurves("t", labels, scores, 1));

        int before = scope.DisposablesCount;
        Tensor made = ones(1);
        Assert.That(scope.DisposablesCount, Is.EqualTo(before + 1));
        Assert.That(made.IsInvalid, Is.False);
    }

    [Test]
    public void A_writer_that_is_switched_off_keeps_nothing()
    {
        using var directory = new TestDirectory();
        using Tensor one = ones(1);
        long alive = LiveTensors.Count();
        using (var writer = new SummaryWriter(directory, new SummaryWriterOptions { Enabled = false }))
        {
            for (int i = 0; i < 5000; i++)
                TensorExtensions.AddDeviceScalar(writer, "t", one, i, null);
            TensorExtensions.AddDeviceHistogram(writer, "t", one, 1, null);
        }

        Assert.That(Tensor.TotalCount, Is.EqualTo(alive));
    }

    [Test]
    public void Backward_passes_go_on_as_if_nothing_had_been_logged()
    {
        using var directory = new TestDirectory();
        using DisposeScope scope = NewDisposeScope();
        Tensor weights = ones([4], requires_grad: true);
        Tensor loss = (weights * 3).sum();
        using (var writer = new SummaryWriter(directory))
        {
            TensorExtensions.AddDeviceScalar(writer, "loss", loss, 1, null);
            TensorExtensions.AddDeviceHistogram(writer, "weights", weights, 1, null);
            writer.AddHistogram("strided", weights.reshape(2, 2).t(), 1);
        }

        loss.backward();

        Assert.That(loss.item<float>(), Is.EqualTo(12));
        Assert.That(weights.is_leaf && weights.requires_grad, Is.True);
    }

    private static void AddAll(string directory, Tensor weights, Tensor loss, Tensor half)
    {
        using var writer = new SummaryWriter(directory);
        for (int step = 0; step < 1500; step++)
            TensorExtensions.AddDeviceScalar(writer, "device", loss, step, null);
        writer.AddScalar("loss", loss, 1);
        writer.AddHistogram("weights", weights, 1);
        writer.AddHistogram("half", half, 1);
        TensorExtensions.AddDeviceHistogram(writer, "device/weights", weights, 1, null);
        writer.AddImages("filters", weights, 1);
        writer.AddImages("rows", half, 1);
        writer.AddTensor("weights/tensor", half, 1);
        writer.AddTensor("half/tensor", weights, 1);
    }
}
