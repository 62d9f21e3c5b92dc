using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

/// <summary>Regularization of an optimized input: decay, blur and jitter.</summary>
internal sealed class ActivationMaximizationTests
{
    /// <summary>A constant score, so that only the options change the input.</summary>
    private static readonly Gradient Plain = (_, _, scores, gradients) =>
    {
        scores.Clear();
        gradients.Clear();
    };

    [Test]
    public void Decay_takes_its_share_of_every_number_after_each_step() =>
        Assert.That(
            Climbed(Plain, [2], new() { Start = [4, -8], Steps = 2, Decay = 0.5 }), Is.EqualTo([1f, -2f]));

    [Test]
    public void Blur_spreads_a_dot_as_a_Gaussian_does()
    {
        const int side = 9;
        float[] dot = new float[2 * side * side];
        dot[(4 * side) + 4] = 1;

        float[] blurred = Climbed(Plain, [2, side, side], new() { Start = dot, Steps = 1, Blur = 1 });

        float center = blurred[(4 * side) + 4];
        using (Assert.EnterMultipleScope())
        {
            // A dot of 1 comes to 1/(2πσ²) in its own pixel.
            Assert.That(center, Is.EqualTo(1 / (2 * Math.PI)).Within(0.001));
            Assert.That(blurred[(4 * side) + 5] / center, Is.EqualTo(Math.Exp(-0.5)).Within(1e-5));
            Assert.That(blurred[(2 * side) + 3] / center, Is.EqualTo(Math.Exp(-2.5)).Within(1e-5));
            Assert.That(blurred.Sum(), Is.EqualTo(1).Within(1e-5));
            Assert.That(blurred[(side * side)..], Is.All.Zero, "Planes do not mix.");
        }
    }

    [Test]
    public void Blur_leaves_an_even_plane_as_it_is() =>
        Assert.That(
            Climbed(Plain, [3, 2], new() { Start = [7, 7, 7, 7, 7, 7], Steps = 3, Blur = 2 }),
            Is.All.EqualTo(7).Within(1e-5));

    [Test]
    public void Jitter_moves_what_the_model_sees_and_moves_its_gradient_back()
    {
        const int steps = 40;
        const int side = 5;
        const int at = (2 * side) + 2;
        Gradient middle = (inputs, _, scores, gradients) =>
        {
            scores[0] = inputs[at];
            gradients.Clear();
            gradients[at] = 1;
        };
        var options = new ActivationMaximizationOptions
        {
            Start = new float[side * side],
            Steps = steps,
            LearningRate = 1,
            Jitter = 1,
        };

        MaximizedInput reached = ActivationMaximization.Climb(middle, [side, side], options);

        // A single 1 of 25 numbers has a root mean square of 1/5.
        float[] values = reached.Values.ToArray();
        int[] raised = [.. Enumerable.Range(0, values.Length).Where(i => values[i] > 0)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(values.Sum(), Is.EqualTo(steps * side).Within(0.1));
            Assert.That(raised, Is.EqualTo([6, 7, 8, 11, 12, 13, 16, 17, 18]));
            Assert.That(reached.Scores[steps], Is.EqualTo(values[at]), "The last score is of the input in its place.");
        }
    }

    [Test]
    public void Pixels_wrap_around_at_the_edges()
    {
        Gradient corner = (_, _, scores, gradients) =>
        {
            scores.Clear();
            gradients.Clear();
            gradients[0] = 1;
        };
        float[] values = Climbed(corner, [3, 3], new() { Start = new float[9], Steps = 60, Jitter = 1 });
        Assert.That(values, Is.All.GreaterThan(0));
    }

    [Test]
    public void Blur_and_jitter_require_rows_and_columns()
    {
        string message = "Blur and jitter require a shape of [H, W] or [C, H, W]; was [4]. (Parameter 'shape')";
        Assert.That(
            () => Climbed(Plain, [4], new() { Blur = 1 }), Throws.ArgumentException.With.Message.EqualTo(message));
        Assert.That(
            () => Climbed(Plain, [4], new() { Jitter = 1 }), Throws.ArgumentException.With.Message.EqualTo(message));
        Assert.That(
            () => new ActivationMaximizationOptions { Decay = 1.5 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new ActivationMaximizationOptions { Blur = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new ActivationMaximizationOptions { Jitter = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static float[] Climbed(Gradient gradient, int[] shape, ActivationMaximizationOptions options) =>
        ActivationMaximization.Climb(gradient, shape, options).Values.ToArray();
}
