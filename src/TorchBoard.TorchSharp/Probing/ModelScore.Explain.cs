using TorchBoard.Interpretation;

namespace TorchBoard.Probing;

public sealed partial class ModelScore
{
    private const int NoisySamples = 25;
    private const float NoiseOfRange = 0.15f;
    private const int WindowsASide = 8;
    private const int LeastWindow = 2;
    private const int MostPixels = 64;
    private const int Parts = 50;

    /// <summary>
    /// Explains the score by a method with settings that suit pictures; see <see cref="ExplanationMethod"/>.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="options">Batch size (32 by default), seed and progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>Values of the input's shape, in the method's unit.</returns>
    /// <exception cref="ArgumentException">
    /// The method does not exist, or the model returned a score that is not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The score does not depend on the input differentiably, or a method for ReLUs finds no <c>nn.ReLU</c>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public Attribution Explain(
        ExplanationMethod method, BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new BatchOptions();
        return method switch
        {
            ExplanationMethod.Saliency => Saliency.Explain(Gradient, _input, _shape),
            ExplanationMethod.InputTimesGradient => InputTimesGradient.Explain(Gradient, _input, _shape),
            ExplanationMethod.IntegratedGradients => IntegratedGradients.Explain(
                Gradient, _input, _shape, As(options, new IntegratedGradientsOptions()), cancellationToken),
            ExplanationMethod.SmoothGrad => SmoothGrad.Explain(
                Gradient, _input, _shape,
                As(options, new SmoothGradOptions { Samples = NoisySamples, Deviation = NoiseDeviation() }),
                cancellationToken),
            ExplanationMethod.GradientShap => GradientShap.Explain(
                Gradient, _input, _shape,
                As(options, new GradientShapOptions { Samples = NoisySamples }), cancellationToken),
            ExplanationMethod.GuidedBackpropagation => GuidedBackpropagation(),
            ExplanationMethod.Deconvolution => Deconvolution(),
            ExplanationMethod.GuidedGradCam => GuidedGradCam(),
            ExplanationMethod.DeepLift => DeepLift(),
            ExplanationMethod.Occlusion => Occlusion.Explain(
                Predict, _input, _shape, Window(),
                As(options, new OcclusionOptions { Strides = Strides() }), cancellationToken),
            ExplanationMethod.FeatureAblation => FeatureAblation.Explain(
                Predict, _input, _shape, As(options, new FeatureOptions { Groups = Features() }), cancellationToken),
            ExplanationMethod.Shapley => ShapleySampling.Explain(
                Predict, _input, _shape,
                As(options, new ShapleySamplingOptions { Groups = Features() }), cancellationToken),
            ExplanationMethod.KernelShap => KernelShap.Explain(
                Predict, _input, _shape, As(options, new KernelShapOptions { Groups = Features() }), cancellationToken),
            ExplanationMethod.Lime => Lime.Explain(
                Predict, _input, _shape,
                As(options, new LimeOptions { Groups = Features(), Baseline = LimeBaseline() }), cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "The method does not exist."),
        };
    }

    private static T As<T>(BatchOptions common, T own)
        where T : ExplanationOptions =>
        own with
        {
            BatchSize = common.BatchSize,
            Seed = common.Seed,
            Progress = common.Progress,
        };

    private int[] Window() => IsPicture
        ? [.. _shape[^2..].Select(size => Math.Min(Math.Max(size / WindowsASide, LeastWindow), size))]
        : [1];

    private int[] Strides() => Array.ConvertAll(Window(), size => Math.Max(size / 2, 1));

    private bool IsPicture => _shape.Length == 3;

    private double NoiseDeviation()
    {
        float range = _input.Max() - _input.Min();
        return NoiseOfRange * (range > 0 ? range : 1);
    }

    private bool HasFewPixels => _shape[1] * _shape[2] <= MostPixels;

    private int[]? Features()
    {
        if (!IsPicture)
            return null;
        return HasFewPixels
            ? [.. Enumerable.Range(0, _shape[1] * _shape[2])]
            : Superpixels.Slic(_input, _shape, Parts);
    }

    // The mean color of a single pixel is its own color, which hides nothing.
    private float[]? LimeBaseline() => IsPicture && HasFewPixels ? [0] : null;
}
