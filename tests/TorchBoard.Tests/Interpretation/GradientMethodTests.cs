using TorchBoard.Interpretation;
using TorchBoard.Numerics;

namespace TorchBoard.Tests.Interpretation;

internal sealed class GradientMethodTests
{
    private const double SixDigits = 5e-7;

    [Test]
    public void Integrated_gradients_follow_a_Gauss_Legendre_rule_of_50_steps()
    {
        Attribution attribution = IntegratedGradients.Explain(SumNetwork.Gradient, SumNetwork.Input);

        // The reference was computed in single precision, of which these are six to seven digits.
        Assert.That(
            attribution.Values.ToArray(), Is.EqualTo(new[] { 78.035873, 195.089676, 117.053802 }).Within(1e-5));
        Assert.That(attribution.Delta, Is.EqualTo(0.179352).Within(1e-5));
        Assert.That(attribution.Sum - 390, Is.EqualTo(attribution.Delta!.Value).Within(1e-12));
        Assert.That((attribution.Score, attribution.BaselineScore), Is.EqualTo((392, 2)));
    }

    [Test]
    public void The_points_of_the_rule_integrate_polynomials_exactly()
    {
        foreach (int count in (int[])[1, 2, 3, 50, 501])
        {
            (double[] points, double[] weights) = GaussLegendre.Rule(count);
            int degree = (2 * count) - 1;
            double integral = points.Zip(weights, (x, w) => w * Math.Pow(x, degree)).Sum();
            Assert.That(integral, Is.EqualTo(1.0 / (degree + 1)).Within(1e-13), $"{count} points");
            Assert.That(weights.Sum(), Is.EqualTo(1).Within(1e-13));
        }
    }

    [Test]
    public void Integrated_gradients_of_a_smooth_network_are_complete_within_a_percent()
    {
        float[] input = [.. Enumerable.Range(0, 20).Select(i => (float)Math.Cos(i))];
        Attribution attribution = IntegratedGradients.Explain(SmoothNetwork, input, [4, 5]);
        double difference = attribution.Score!.Value - attribution.BaselineScore!.Value;
        Assert.That(Math.Abs(difference), Is.GreaterThan(0.1));
        Assert.That(Math.Abs(attribution.Delta!.Value), Is.LessThan(0.0001 * Math.Abs(difference)));
        Assert.That(attribution.Shape.ToArray(), Is.EqualTo(new[] { 4, 5 }));
    }

    [Test]
    public void Gradients_of_a_linear_model_are_its_weights()
    {
        float[] input = [2, -1];
        Assert.That(Saliency.Explain(Linear, input).Values.ToArray(), Is.EqualTo(new double[] { 3, 4 }));
        Assert.That(Saliency.Explain(Linear, input, keepSign: true).Values.ToArray(), Is.EqualTo(new double[] { 3, -4 }));
        Assert.That(InputTimesGradient.Explain(Linear, input).Values.ToArray(), Is.EqualTo(new double[] { 6, 4 }));
        Assert.That(Saliency.Explain(Linear, input).Score, Is.EqualTo(10));
        Attribution integrated = IntegratedGradients.Explain(
            Linear, input, options: new() { Baseline = [1, 1], Steps = 1 });
        Assert.That(integrated.Values.ToArray(), Is.EqualTo(new double[] { 3, 8 }).Within(1e-12));
        Attribution shap = GradientShap.Explain(Linear, input, options: new() { Baseline = [1] });
        Assert.That(shap.Values.ToArray(), Is.EqualTo(new double[] { 3, 8 }).Within(1e-6));
        Assert.That(shap.Delta, Is.Zero.Within(1e-6));
    }

    [Test]
    public void SmoothGrad_of_a_linear_model_knows_no_noise()
    {
        float[] input = [2, -1];
        Assert.That(SmoothGrad.Explain(Linear, input).Values.ToArray(), Is.EqualTo(new double[] { 3, -4 }));
        var square = new SmoothGradOptions { Summary = NoiseSummary.MeanSquare };
        Assert.That(
            SmoothGrad.Explain(Linear, input, options: square).Values.ToArray(), Is.EqualTo(new double[] { 9, 16 }));
        var variance = new SmoothGradOptions { Summary = NoiseSummary.Variance };
        Assert.That(SmoothGrad.Explain(Linear, input, options: variance).IsAllZero);
    }

    [Test]
    public void SmoothGrad_noise_has_the_deviation_asked_for()
    {
        // The gradient of x²/2 is x: with noise its mean is x, its variance σ².
        Gradient half = (inputs, count, scores, gradients) =>
        {
            for (int n = 0; n < count; n++)
                (scores[n], gradients[n]) = (inputs[n] * inputs[n] / 2, inputs[n]);
        };
        var options = new SmoothGradOptions { Samples = 20_000, Deviation = 0.5, Summary = NoiseSummary.Variance };
        double deviation = Math.Sqrt(SmoothGrad.Explain(half, [3], options: options).Values[0]);
        Assert.That(deviation, Is.EqualTo(0.5).Within(0.01));
        double mean = SmoothGrad.Explain(half, [3], options: options with { Summary = NoiseSummary.Mean }).Values[0];
        Assert.That(mean, Is.EqualTo(3).Within(4 * 0.5 / Math.Sqrt(20_000)));
    }

    [Test]
    public void SmoothGrad_of_any_explanation_is_that_of_its_gradients()
    {
        float[] input = [.. Enumerable.Range(0, 20).Select(i => i / 20f)];
        var options = new SmoothGradOptions { Seed = 4, Deviation = 0.2 };
        Attribution direct = SmoothGrad.Explain(SmoothNetwork, input, [20], options);
        Attribution general = SmoothGrad.Explain(noisy => Saliency.Explain(SmoothNetwork, noisy, keepSign: true), input, options);
        Assert.That(general.Values.ToArray(), Is.EqualTo(direct.Values.ToArray()).Within(1e-12));
    }

    [Test]
    public void GradientShap_approaches_the_difference_of_the_scores_within_its_error()
    {
        float[] input = [.. Enumerable.Range(0, 20).Select(i => (float)Math.Cos(i))];
        var options = new GradientShapOptions { Samples = 2000, Seed = 1 };
        Attribution sampled = GradientShap.Explain(SmoothNetwork, input, options: options);
        Attribution integrated = IntegratedGradients.Explain(SmoothNetwork, input);
        for (int i = 0; i < input.Length; i++)
        {
            double within = (5 * sampled.StandardErrors[i]) + 1e-6;
            Assert.That(sampled.Values[i], Is.EqualTo(integrated.Values[i]).Within(within), $"{i}");
        }
    }

    [Test]
    public void Results_do_not_depend_on_the_batch_size()
    {
        float[] input = [.. Enumerable.Range(0, 20).Select(i => (float)Math.Cos(i))];
        float[] baselines = [.. Enumerable.Range(0, 60).Select(i => i / 60f)];
        var shap = new GradientShapOptions { Samples = 9, Baseline = baselines, Deviation = 0.1, Seed = 5 };
        var smooth = new SmoothGradOptions { Samples = 9, Seed = 5 };
        foreach (int size in (int[])[1, 4, 100])
        {
            Assert.That(
                GradientShap.Explain(SmoothNetwork, input, options: shap with { BatchSize = size }).Values.ToArray(),
                Is.EqualTo(GradientShap.Explain(SmoothNetwork, input, options: shap).Values.ToArray()));
            Assert.That(
                SmoothGrad.Explain(SmoothNetwork, input, options: smooth with { BatchSize = size }).Values.ToArray(),
                Is.EqualTo(SmoothGrad.Explain(SmoothNetwork, input, options: smooth).Values.ToArray()));
        }
    }

    [Test]
    public void Guided_backpropagation_passes_back_positive_gradients_where_the_input_was_positive()
    {
        (_, _, float[] picture) = ConvolutionNetwork.Backward(
            ConvolutionNetwork.Picture, ReluRule.GuidedBackpropagation);
        Assert.That(picture, Is.EqualTo(new float[] { 0, 1, 1, 1, 1, 3, 3, 2, 1, 3, 3, 2, 1, 2, 2, 1 }));
    }

    [Test]
    public void Deconvolution_passes_back_positive_gradients()
    {
        (_, _, float[] picture) = ConvolutionNetwork.Backward(ConvolutionNetwork.Picture, ReluRule.Deconvolution);
        Assert.That(picture, Is.EqualTo(new float[] { 2, 3, 3, 1, 3, 5, 5, 2, 3, 5, 5, 2, 1, 2, 2, 1 }));
    }

    [Test]
    public void DeepLift_rescales_by_the_differences_of_outputs_and_inputs()
    {
        // 2·ReLU(a) + 2·ReLU(b − 1.5) at (1, 2) against (0, 0).
        float[] hidden = [1, 0.5f];
        float[] baseline = [0, -1.5f];
        float[] back = new float[2];
        DeepLiftRule.Rescale(hidden, baseline, [1, 0.5f], [0, 0], [2, 2], [2, 2], back);
        Attribution attribution = DeepLiftRule.Explain([1, 2], [0, 0], back, score: 3, baselineScore: 0);
        Assert.That(attribution.Values.ToArray(), Is.EqualTo(new double[] { 2, 1 }).Within(SixDigits));
        Assert.That(attribution.Delta, Is.Zero);
    }

    [Test]
    public void DeepLift_falls_back_on_the_derivative_where_inputs_are_equal()
    {
        float[] back = new float[1];
        DeepLiftRule.Rescale([2], [2], [2], [2], [5], [7], back);
        Assert.That(back[0], Is.EqualTo(7));
    }

    [Test]
    public void Gradients_that_are_not_numbers_are_refused()
    {
        Gradient broken = (_, _, scores, gradients) => (scores[0], gradients[0]) = (1, float.NaN);
        Assert.That(
            () => Saliency.Explain(broken, [1, 2]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("gradient").And.Message.Contains("NaN"));
    }

    private static void Linear(ReadOnlySpan<float> inputs, int count, Span<double> scores, Span<float> gradients)
    {
        for (int n = 0; n < count; n++)
        {
            scores[n] = (3 * inputs[2 * n]) - (4 * inputs[(2 * n) + 1]);
            (gradients[2 * n], gradients[(2 * n) + 1]) = (3, -4);
        }
    }

    /// <summary>Tanh of a weighted sum, plus a sine of another.</summary>
    private static void SmoothNetwork(ReadOnlySpan<float> inputs, int count, Span<double> scores, Span<float> gradients)
    {
        int length = inputs.Length / count;
        for (int n = 0; n < count; n++)
        {
            (double a, double b) = (0, 0);
            for (int i = 0; i < length; i++)
            {
                a += inputs[(n * length) + i] * Math.Cos(i) * 0.4;
                b += inputs[(n * length) + i] * Math.Sin(2 * i) * 0.3;
            }

            scores[n] = Math.Tanh(a) + Math.Sin(b);
            for (int i = 0; i < length; i++)
            {
                double slope = (1 - (Math.Tanh(a) * Math.Tanh(a))) * Math.Cos(i) * 0.4;
                gradients[(n * length) + i] = (float)(slope + (Math.Cos(b) * Math.Sin(2 * i) * 0.3));
            }
        }
    }
}
