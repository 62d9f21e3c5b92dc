using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>Points of curves from tensors.</summary>
internal sealed class ScalarTests
{
    [Test]
    public void A_tensor_of_one_value_is_a_point()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        using (Tensor loss = tensor(0.25f))
            writer.AddScalar("loss", loss, 7);

        ScalarSeries series = RunLog.Open(directory).Scalars["loss"];

        Assert.That((series.Steps[0], series.Values[0]), Is.EqualTo((7, 0.25)));
    }

    [Test]
    public void Values_of_a_device_keep_their_position_in_the_file()
    {
        using var directory = new TestDirectory();
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 3000; step++)
            {
                using Tensor value = tensor(step * 0.5, ScalarType.Float64);
                TensorExtensions.AddDeviceScalar(writer, "curve", value, step, time.AddSeconds(step));
                writer.AddScalar("curve", -step, step, time.AddSeconds(step));
            }
        }

        ScalarSeries series = RunLog.Open(directory).Scalars["curve"];

        double[] expected = [.. Enumerable.Range(0, 3000).SelectMany(step => (double[])[step * 0.5, -step])];
        Assert.That(series.Values.ToArray(), Is.EqualTo(expected));
        Assert.That(series.WallTimes[^1], Is.EqualTo(time.AddSeconds(2999).ToUnixTimeSeconds()));
    }

    [Test]
    public void The_first_value_asked_for_brings_all_of_its_block_and_closes_it()
    {
        using DisposeScope scope = NewDisposeScope();
        var block = new ScalarBlock(CPU);
        Func<float>?[] values = [.. Enumerable.Range(0, 1025).Select(i => block.TryAdd(tensor((float)i)))];
        long alive = LiveTensors.Count();

        Assert.That(values[1024] is null, Is.True, "one more than a block holds");
        Assert.That(values[7]!(), Is.EqualTo(7));
        Assert.That(Tensor.TotalCount, Is.EqualTo(alive - 1), "the block on the device is gone");
        Assert.That(values[1023]!(), Is.EqualTo(1023));
        Assert.That(block.TryAdd(tensor(1f)) is null, Is.True, "closed");
    }

    [Test]
    public void A_value_that_changes_afterwards_is_logged_as_it_was()
    {
        using var directory = new TestDirectory();
        using Tensor running = zeros(1);
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 3; step++)
            {
                running.add_(1);
                TensorExtensions.AddDeviceScalar(writer, "running", running, step, null);
            }
        }

        Assert.That(RunLog.Open(directory).Scalars["running"].Values.ToArray(), Is.EqualTo([1, 2, 3]));
    }

    [Test]
    public void Flush_fetches_what_is_pending()
    {
        using var directory = new TestDirectory();
        using Tensor one = ones(1);
        using var writer = new SummaryWriter(
            directory, new SummaryWriterOptions { FlushInterval = Timeout.InfiniteTimeSpan });
        TensorExtensions.AddDeviceScalar(writer, "t", one, 5, null);

        writer.Flush();

        Assert.That(RunLog.Open(directory).Scalars["t"].Steps[0], Is.EqualTo(5));
    }

    [Test]
    public void Threads_may_log_values_of_one_device()
    {
        const int threads = 4;
        const int each = 2000;
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            Parallel.For(0, threads, thread =>
            {
                for (int step = 0; step < each; step++)
                {
                    using Tensor value = tensor((float)step);
                    TensorExtensions.AddDeviceScalar(writer, $"thread{thread}", value, step, null);
                }
            });
        }

        RunLog run = RunLog.Open(directory);
        for (int thread = 0; thread < threads; thread++)
        {
            ScalarSeries series = run.Scalars[$"thread{thread}"];
            Assert.That(series.Values.ToArray(), Is.EqualTo(series.Steps.ToArray()));
            Assert.That(series.Count, Is.EqualTo(each));
        }
    }
}
