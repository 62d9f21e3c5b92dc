namespace TorchBoard.Testing.Tests;

internal sealed class SmoothingTests
{
    [Test]
    public void The_average_is_debiased()
    {
        // 0.4·1 / 0.4, (0.6·0.4 + 0.4·2) / 0.64, (0.6·1.04 + 0.4·4) / 0.784
        Curve smoothed = Curves.Of(1, 2, 4).Smoothed(0.6);
        Assert.That(smoothed.Values.ToArray(), Is.EqualTo(new[] { 1, 1.04 / 0.64, 2.224 / 0.784 }).Within(1e-12));
    }

    [Test]
    public void Values_that_are_not_finite_are_passed_through_and_not_averaged()
    {
        Curve smoothed = Curves.Of(1, double.NaN, 2, double.PositiveInfinity, 4).Smoothed(0.6);
        Assert.That(
            smoothed.Values.ToArray(),
            Is.EqualTo(new[] { 1, double.NaN, 1.04 / 0.64, double.PositiveInfinity, 2.224 / 0.784 }).Within(1e-12));
    }

    [Test]
    public void Equal_values_are_unchanged() =>
        Assert.That(Curves.Of(0.1, 0.1, 0.1).Smoothed(0.99).Values.ToArray(), Is.EqualTo(new[] { 0.1, 0.1, 0.1 }));

    [TestCase(0.0, new double[] { 3, 1, 2 })]
    [TestCase(1.0, new double[] { 0, 0, 0 })]
    public void The_ends_of_the_slider(double weight, double[] smoothed) =>
        Assert.That(Curves.Of(3, 1, 2).Smoothed(weight).Values.ToArray(), Is.EqualTo(smoothed));

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void A_weight_out_of_range_is_rejected(double weight) =>
        Assert.That(() => Curves.Of(1).Smoothed(weight), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
