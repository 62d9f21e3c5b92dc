using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

/// <summary>The expected rows were computed by the function <c>pb</c> of TensorBoard 2.20's own summary of PR curves.</summary>
internal sealed class PrCurveRowsTests
{
    private static readonly bool[] Labels = [true, false, true, true, false, false, true];
    private static readonly float[] Predictions = [0.9f, 0.5f, 0.2f, 1, 0.25f, 0, 0.49f];

    [Test]
    public void Counts_precision_and_recall_equal_TensorBoards() => AssertRows(
        PrCurveRows.Of(Labels, Predictions, [], thresholds: 5),
        [
            4, 3, 2, 2, 1,
            3, 2, 1, 0, 0,
            0, 1, 2, 3, 3,
            0, 1, 2, 2, 3,
            0.5714286f, 0.6f, 0.6666667f, 1, 1,
            1, 0.75f, 0.5f, 0.5f, 0.25f,
        ]);

    [Test]
    public void An_item_counts_as_much_as_its_weight() => AssertRows(
        PrCurveRows.Of(Labels, Predictions, [1, 0.5f, 2, 0.25f, 3, 1, 4], thresholds: 3),
        [
            7.25f, 1.25f, 0.25f,
            4.5f, 0.5f, 0,
            0, 4, 4.5f,
            0, 6, 7,
            0.61702126f, 0.71428573f, 1,
            1, 0.1724138f, 0.03448276f,
        ]);

    [Test]
    public void Zero_of_zero_is_zero() => AssertRows(
        PrCurveRows.Of([false, false], [0.3f, 0.6f], [], thresholds: 3),
        [
            0, 0, 0,
            2, 1, 0,
            0, 1, 2,
            0, 0, 0,
            0, 0, 0,
            0, 0, 0,
        ]);

    [Test]
    public void Two_thresholds_are_0_and_1() => AssertRows(
        PrCurveRows.Of([true], [0.3f], [], thresholds: 2),
        [1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0]);

    // TensorBoard's function leaves such items out at all thresholds, which changes the totals.
    [Test]
    public void Predictions_out_of_range_are_clipped_and_NaN_is_0() => Assert.That(
        PrCurveRows.Of([true, false, true], [1.5f, -3, float.NaN], [], thresholds: 3),
        Is.EqualTo(PrCurveRows.Of([true, false, true], [1, 0, 0], [], thresholds: 3)));

    private static void AssertRows(float[] actual, float[] expected) =>
        Assert.That(actual, Is.EqualTo(expected).Within(1).Ulps);
}
