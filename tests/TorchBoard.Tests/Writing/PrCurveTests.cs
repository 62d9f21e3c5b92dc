using System.Runtime.InteropServices;
using TorchBoard.Metrics;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Writing;

/// <summary>The expected numbers were computed with NumPy, like TensorBoard's own summary.</summary>
internal sealed class PrCurveTests
{
    private static readonly bool[] Labels = [true, false, true, true, false, false, true, false];
    private static readonly float[] Predictions = [0.9f, 0.8f, 0.7f, 0.35f, 0.35f, 0.1f, 1, 0];
    private static readonly float[] Weights = [1, 0.5f, 2, 1, 1, 0.25f, 1, 3];

    private static readonly float[] Expected =
    [
        4, 4, 3, 2, 1,
        4, 2, 1, 1, 0,
        0, 2, 3, 3, 4,
        0, 0, 1, 2, 3,
        0.5f, 0.6666667f, 0.75f, 0.6666667f, 1,
        1, 1, 0.75f, 0.5f, 0.25f,
    ];

    private static readonly float[] ExpectedWeighted =
    [
        5, 5, 4, 2, 1,
        4.75f, 1.5f, 0.5f, 0.5f, 0,
        0, 3.25f, 4.25f, 4.25f, 4.75f,
        0, 0, 1, 3, 4,
        0.51282054f, 0.7692308f, 0.8888889f, 0.8f, 1,
        1, 1, 0.8f, 0.4f, 0.2f,
    ];

    [Test]
    public void A_curve_equals_that_of_TensorBoard()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddPrCurve("bool", Labels, Predictions, 0, thresholds: 5);
            writer.AddPrCurve("int", Labels.Select(l => l ? 1 : 0).ToArray(), Predictions, 0, thresholds: 5);
            writer.AddPrCurve("float", Labels.Select(l => l ? 1f : 0).ToArray(), Predictions, 0, thresholds: 5);
            writer.AddPrCurve("weighted", Labels, Predictions, 0, 5, Weights);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Curve(directory, "bool"), Is.EqualTo(Expected));
            Assert.That(Curve(directory, "int"), Is.EqualTo(Expected));
            Assert.That(Curve(directory, "float"), Is.EqualTo(Expected));
            Assert.That(Curve(directory, "weighted"), Is.EqualTo(ExpectedWeighted));
        }
    }

    [Test]
    public void A_curve_of_many_items_has_the_sums_of_NumPy()
    {
        float[] predictions = [.. Enumerable.Range(0, 1000).Select(i => i * 7919 % 1000 / 999f)];
        bool[] labels = [.. Enumerable.Range(0, 1000).Select(i => i * 104729 % 997 / 997.0 < predictions[i])];
        float[] curve = PrCurveRows.Of(labels, predictions, [], 127);

        double[] sums = [.. Enumerable.Range(0, 6).Select(row => curve.Skip(row * 127).Take(127).Sum(v => (double)v))];
        Assert.That(
            sums, Is.EqualTo(new[] { 42354, 21151, 42476, 21019, 95.96186238527298, 84.87775563937612 }).Within(1e-4));
    }

    [Test]
    public void The_requested_number_of_thresholds_is_written([Values(2, 127, 1000)] int thresholds)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddPrCurve("c", Labels, Predictions, 0, thresholds);

        Summary.Types.Value value = WrittenEvents.Single(directory, "c");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(value.Tensor.TensorShape.Dim.Select(d => d.Size), Is.EqualTo(new[] { 6L, thresholds }));
            Assert.That(value.Tensor.Dtype, Is.EqualTo(DataType.DtFloat));
            Assert.That(value.Metadata.PluginData.PluginName, Is.EqualTo("pr_curves"));
            Assert.That(value.Metadata.DataClass, Is.EqualTo(DataClass.Tensor));
            Assert.That(
                PrCurvePluginData.Parser.ParseFrom(value.Metadata.PluginData.Content).NumThresholds,
                Is.EqualTo(thresholds));
        }
    }

    [Test]
    public void Predictions_outside_0_to_1_are_clipped_and_NaN_counts_as_0() =>
        Assert.That(
            PrCurveRows.Of([true, false, true], [float.PositiveInfinity, -3, float.NaN], [], 2),
            Is.EqualTo(PrCurveRows.Of([true, false, true], [1, 0, 0], [], 2)));

    [Test]
    public void A_curve_with_no_positive_item_has_no_NaN() =>
        Assert.That(
            PrCurveRows.Of([false], [0.5f], [], 3),
            Is.EqualTo(new float[] { 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 }));

    [Test]
    public void Every_class_has_a_curve_against_all_others()
    {
        using var directory = new TestDirectory();
        float[] scores = [.. Predictions.SelectMany(p => (float[])[1 - p, p])];
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddPrCurves("named", [.. Labels.Select(l => l ? 1 : 0)], scores, 0, ["no", "yes"], 5, Weights);
            writer.AddPrCurves("numbered", [0, 1], [1f, 0, 0, 1], 0, thresholds: 2);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Curve(directory, "named/yes"), Is.EqualTo(ExpectedWeighted));
            Assert.That(Curve(directory, "named/no")[0], Is.EqualTo(4.75f));
            Assert.That(
                Curve(directory, "numbered/0"), Is.EqualTo(new float[] { 1, 1, 1, 0, 0, 1, 0, 0, 0.5f, 1, 1, 1 }));
            Assert.That(Curve(directory, "numbered/1"), Is.EqualTo(Curve(directory, "numbered/0")));
        }
    }

    [Test]
    public void Numbers_computed_elsewhere_are_written_unchanged()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddPrCurveRaw("c", [1, 2], [3, 4], [5, 6], [7, 8], [0.1f, 0.2f], [0.3f, 0.4f], 0);
        Assert.That(Curve(directory, "c"), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 0.1f, 0.2f, 0.3f, 0.4f }));
    }

    [Test]
    public void Invalid_arguments_are_rejected()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        float[] two = [1, 1];
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("tag", () => writer.AddPrCurve("", Labels, Predictions, 0));
            Refusal.Of("labels", () => writer.AddPrCurve<float>("c", [], [], 0), "At least one item");
            Refusal.Of("predictions", () => writer.AddPrCurve("c", Labels, [1], 0), "Expected 8 predictions");
            Refusal.Of("labels", () => writer.AddPrCurve<int, int>("c", [0, 2], [0, 1], 0), "label 1 is 2");
            Refusal.Of("labels", () => writer.AddPrCurve<float, float>("c", [0.5f], [0], 0), "0.5");
            Refusal.Of("thresholds", () => writer.AddPrCurve("c", Labels, Predictions, 0, 1), "2 to");
            Refusal.Of("weights", () => writer.AddPrCurve("c", Labels, Predictions, 0, weights: [1]), "8 numbers");
            Refusal.Of("weights", () => writer.AddPrCurve("c", [true], [1], 0, weights: [float.NaN]), "NaN");
            Refusal.Of("weights", () => writer.AddPrCurve("c", [true], [1], 0, weights: [-1]), "-1");
            Refusal.Of("scores", () => writer.AddPrCurves("c", [0, 1], [1, 2, 3], 0), "[items, classes]");
            Refusal.Of("scores", () => writer.AddPrCurves<float>("c", [0, 1], [], 0));
            Refusal.Of("labels", () => writer.AddPrCurves("c", [0, 2], [1, 2, 3, 4], 0), "Label 1 is 2");
            Refusal.Of("classNames", () => writer.AddPrCurves("c", [0], [1, 2], 0, ["a"]), "got 1");
            Refusal.Of("classNames", () => writer.AddPrCurves("c", [0], [1, 2], 0, ["a", "a"]), "same name");
            Refusal.Of("truePositives", () => writer.AddPrCurveRaw("c", [], [], [], [], [], [], 0));
            Refusal.Of("recall", () => writer.AddPrCurveRaw("c", two, two, two, two, two, [1], 0), "2 numbers");
            Refusal.Of("precision", () => writer.AddPrCurveRaw("c", two, two, two, two, [0, float.NaN], two, 0), "NaN");
        }
    }

    private static float[] Curve(string directory, string tag) =>
        MemoryMarshal.Cast<byte, float>(WrittenEvents.Single(directory, tag).Tensor.TensorContent.Span).ToArray();
}
