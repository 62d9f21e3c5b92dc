namespace TorchBoard.Testing.Tests.Checks;

internal sealed class LongCurveTests
{
    [TestCase("decreases")]
    [TestCase("no-spikes")]
    [TestCase("no-plateau")]
    [TestCase("no-divergence")]
    [TestCase("steps-complete")]
    [TestCase("smoothed 0.99 ends < 0.5")]
    [TestCase("within 100 of baseline")]
    public void A_million_points_are_checked(string check)
    {
        Curve curve = Curves.Noisy(1, 1_000_000, 0.01, i => 2 - (i * 1.9e-6));
        Assert.That(curve.Meets(check, curve), Is.True);
    }
}
