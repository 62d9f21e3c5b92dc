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
    public void Values_of_a_device_stand_in_the_file_where_they_were_added()
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
}
