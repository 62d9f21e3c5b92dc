using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;

namespace Quickstart;

/// <summary>
/// Explains which pixels made a network recognize digits, by several methods: green is for, red against.
/// </summary>
public sealed class Explanations
{
    private const int Seed = 1;

    private static readonly int[] Shape = [Digits.Side, Digits.Side];

    private static readonly Method[] Methods =
    [
        new("saliency", AttributionSign.Absolute, (network, image, digit) =>
            Saliency.Explain(GradientOf(network, digit), image, Shape)),
        new("integrated_gradients", AttributionSign.Both, IntegratedGradientsOf),
        new("occlusion", AttributionSign.Both, (network, image, digit) =>
            Occlusion.Explain(PredictOf(network, digit), image, Shape, window: [2, 2])),
        new("kernel_shap", AttributionSign.Both, (network, image, digit) =>
            KernelShap.Explain(PredictOf(network, digit), image, Shape, new() { Seed = Seed })),
        new("lime", AttributionSign.Both, (network, image, digit) =>
            Lime.Explain(PredictOf(network, digit), image, Shape, new() { Seed = Seed })),
    ];

    private readonly Network _network;
    private readonly Digits _digits;
    private readonly Attribution[][] _attributions;

    /// <summary>Explains each digit by each method.</summary>
    public Explanations(Network network, Digits digits)
    {
        (_network, _digits) = (network, digits);
        _attributions = [.. Methods.Select(method =>
            ForEach((image, digit) => method.Explain(network, image, digit)).ToArray())];
    }

    /// <summary>Returns a picture for each method, with the digits side by side.</summary>
    public IEnumerable<(string Method, Picture Picture)> Pictures() =>
        Methods.Select((method, m) =>
            (method.Name, Draw(method.Name.Replace('_', ' '), _attributions[m], method.Sign)));

    /// <summary>
    /// Returns the mean, the standard deviation and the disagreement of the explanations of several networks.
    /// </summary>
    public IEnumerable<(string What, Picture Picture)> Ensemble(IReadOnlyList<Network> networks)
    {
        EnsembleAttribution[] ensembles = [.. ForEach((image, digit) => EnsembleAttribution.Explain(
            networks, network => IntegratedGradientsOf(network, image, digit)))];
        yield return ("mean", Draw("mean of several networks", ensembles.Select(e => e.Mean), AttributionSign.Both));
        yield return (
            "spread",
            Draw(
                "standard deviation over networks", ensembles.Select(e => e.StandardDeviation),
                AttributionSign.Absolute));
        yield return (
            "disagreement",
            Draw(
                "share of networks of the other sign", ensembles.Select(e => e.Disagreement),
                AttributionSign.Absolute));
    }

    /// <summary>
    /// Shows how the score falls as the most important pixels are removed. The best method's curve falls fastest.
    /// </summary>
    public Figure Deletion() => Compare(
        "Deletion: lower is better", "share of pixels removed", FigureLegend.TopRight, PerturbationCurve.Deletion);

    /// <summary>
    /// Shows how the score rises as the most important pixels are added back. The best method's curve rises fastest.
    /// </summary>
    public Figure Insertion() => Compare(
        "Insertion: higher is better", "share of pixels added", FigureLegend.BottomRight, PerturbationCurve.Insertion);

    private static Attribution IntegratedGradientsOf(Network network, float[] image, int digit) =>
        IntegratedGradients.Explain(GradientOf(network, digit), image, Shape);

    private static Predict PredictOf(Network network, int digit) =>
        (images, count, scores) => network.Score(images, count, digit, scores);

    private static Gradient GradientOf(Network network, int digit) =>
        (images, count, scores, gradients) => network.Score(images, count, digit, scores, gradients);

    private Figure Compare(string title, string xLabel, FigureLegend legend, Perturb perturb)
    {
        var figure = new Figure { Title = title, XLabel = xLabel, YLabel = "mean score", Legend = legend };
        for (int m = 0; m < Methods.Length; m++)
            Add(Methods[m].Name, _attributions[m], dashed: false);

        // The baseline that a method must beat: a random order.
        var random = new Random(Seed);
        Add("chance", [.. ForEach((_, _) => new Attribution(
            Enumerable.Range(0, Digits.Pixels).Select(_ => random.NextDouble()).ToArray(), Shape))], dashed: true);
        return figure;

        void Add(string name, Attribution[] attributions, bool dashed)
        {
            int n = 0;
            PerturbationCurve[] curves = [.. ForEach((image, digit) =>
                perturb(PredictOf(_network, digit), image, Shape, attributions[n++]))];
            double[] means = new double[curves[0].Scores.Length];
            for (int i = 0; i < means.Length; i++)
                means[i] = curves.Average(curve => curve.Scores[i]);
            double area = curves.Average(curve => curve.Area);
            figure.Line(
                curves[0].Shares, means.AsSpan(), FormattableString.Invariant($"{name}, {area:F1}"), dashed: dashed);
        }
    }

    private IEnumerable<T> ForEach<T>(Func<float[], int, T> explain) =>
        Enumerable.Range(0, _digits.Count).Select(n => explain(_digits.Image(n).ToArray(), _digits.Label(n)));

    private Picture Draw(string title, IEnumerable<Attribution> attributions, AttributionSign sign)
    {
        IEnumerable<ExplainedPicture> explained = attributions.Select((attribution, n) => new ExplainedPicture(
            attribution,
            Picture.FromPixels(_digits.Image(n), ImageLayout.Hw, Shape),
            FormattableString.Invariant($"digit {_digits.Label(n)}")));
        return AttributionPicture.Draw([.. explained], new AttributionPictureOptions { Method = title, Sign = sign });
    }

    private delegate PerturbationCurve Perturb(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Attribution attribution,
        PerturbationOptions? options = null, CancellationToken cancellationToken = default);

    private sealed record Method(string Name, AttributionSign Sign, Func<Network, float[], int, Attribution> Explain);
}
