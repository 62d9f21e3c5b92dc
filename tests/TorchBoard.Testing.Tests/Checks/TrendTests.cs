using TorchBoard.Testing.Checks;

namespace TorchBoard.Testing.Tests.Checks;

internal sealed class TrendTests
{
    [TestCase(10, 0.1, 2000)]
    [TestCase(20, 1, 2000)]
    [TestCase(100, 10, 1000)]
    [TestCase(300, 1000, 200)]
    [TestCase(3000, 1, 100)]
    public void Flat_noise_passes_as_rarely_as_the_significance_says(int count, double deviation, int curves)
    {
        (int fell, int rose) = Passes(curves, seed => Curves.Noisy(seed, count, deviation, _ => 2));

        // 1% of them plus three standard deviations.
        double most = (0.01 * curves) + (3 * Math.Sqrt(0.01 * 0.99 * curves));
        Assert.That(Math.Max(fell, rose), Is.LessThanOrEqualTo(most), $"{fell} of {curves} fell and {rose} rose");
        TestContext.Out.WriteLine($"{count} points: {fell} of {curves} fell and {rose} rose");
    }

    [Test]
    public void Noise_that_depends_on_the_previous_point_passes_more_often()
    {
        const int curves = 1000;
        (int fell, _) = Passes(curves, seed =>
        {
            var random = new Random(seed);
            double noise = 0;
            return Curves.Made(100, _ => noise = (0.5 * noise) + Curves.Normal(random));
        });

        TestContext.Out.WriteLine($"correlation 0.5: {fell} of {curves} fell");
        Assert.That(fell, Is.InRange(80, 120), "the documentation says about 10%");
    }

    [TestCase(0.0, 20)]
    [TestCase(0.05, 20)]
    [TestCase(0.5, 50)]
    [TestCase(1.0, 200)]
    [TestCase(5.0, 3000)]
    public void A_noisy_falling_curve_falls_and_does_not_rise(double deviation, int count)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Curve curve = Curves.Noisy(seed, count, deviation, i => 2 - (2.0 * i / count));
            Assert.That((curve.Meets("decreases"), curve.Meets("increases")), Is.EqualTo((true, false)));
        }
    }

    [Test]
    public void A_loss_that_falls_fast_and_is_flat_noise_then_falls()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Curve curve = Curves.Noisy(seed, 200, 0.05, i => 0.1 + (2.2 * Math.Exp(-i / 8.0)));
            Assert.That(curve.Meets("decreases"), Is.True, $"seed {seed}");
        }
    }

    [Test]
    public void A_few_outliers_change_nothing()
    {
        Curve curve = Curves.Noisy(1, 100, 0.1, i => i is 30 or 60 or 97 ? 1e30 : 2 - (i / 50.0));
        curve.Decreases();
        Assert.That(Curves.Noisy(1, 100, 0.1, i => i == 0 ? 1e30 : 2).Meets("decreases"), Is.False);
    }

    [TestCase(2, 0.5, 3)]
    [TestCase(4, 0.01, 5)]
    [TestCase(5, 0.001, 7)]
    public void A_curve_that_is_too_short_for_a_trend_fails_with_the_number_of_points(
        int count, double significance, int needed)
    {
        CurveResult result = Expectation.Decreases(significance).Check(Curves.Made(count, i => -i));
        Assert.That(
            (result.Passed, result.Seen),
            Is.EqualTo((
                false,
                FormattableString.Invariant($"{count} points, too few to distinguish a trend from noise: at least {needed} ")
                + FormattableString.Invariant($"are needed for a probability of {significance}"))));
        Curves.Made(needed, i => -i).Decreases(significance);
    }

    [Test]
    public void A_curve_of_five_points_falls_if_it_never_rises()
    {
        Curves.Of(3, 2, 2, 2, 1).Decreases();
        Curves.Of(1, 1, 1, 1, 2).Increases();
        Assert.Multiple(() =>
        {
            Assert.That(Curves.Of(3, 2, 2.5, 1.5, 1).Meets("decreases"), Is.False);
            Assert.That(Curves.Of(1, 1, 1, 1, 1, 1).Meets("decreases"), Is.False);
            Assert.That(Curves.Of(1).Meets("decreases"), Is.False);
            Assert.That(Curves.Of().Meets("decreases"), Is.False);
        });
    }

    [Test]
    public void Values_that_are_not_finite_are_ignored_unless_all_are()
    {
        Curves.Of(5, double.NaN, 4, double.PositiveInfinity, 3, 2, 1).Decreases();
        Assert.That(
            () => Curves.Of(double.NaN, double.NaN).Decreases(),
            Throws.TypeOf<CurveAssertionException>().With.Message.Contains("2 points, none of them finite"));
    }

    [Test]
    public void Smoothing_does_not_turn_noise_into_a_trend()
    {
        int fell = Enumerable.Range(0, 300).Count(
            seed => Curves.Noisy(seed, 100, 1, _ => 0).Smoothed(0.95).Meets("decreases"));
        Assert.That(fell, Is.LessThan(10));
    }

    // Counted by hand: of the 24 orders of four values one has S = 6, three have 4 or more and 6, 9 have 2 or more.
    [TestCase(new double[] { 1, 2, 3, 4 }, 1.0, 1.0 / 24)]
    [TestCase(new double[] { 1, 2, 4, 3 }, 4.0 / 6, 4.0 / 24)]
    [TestCase(new double[] { 2, 1, 4, 3 }, 2.0 / 6, 9.0 / 24)]
    [TestCase(new double[] { 4, 3, 2, 1 }, -1.0, 1.0)]
    public void The_significance_of_few_values_is_exact(double[] values, double tau, double likely)
    {
        var trend = new MannKendall([0, 1, 2, 3], values);
        Assert.That(trend.Tau, Is.EqualTo(tau).Within(1e-12));
        Assert.That(trend.Significance(falling: false), Is.EqualTo(likely).Within(1e-12));
    }

    [Test]
    public void The_significance_of_many_values_is_that_of_the_normal_distribution()
    {
        // n = 12 in order: S = 66, Var = 12·11·29/18 = 212.67, z = 65/14.583 = 4.4572; its tail is 4.152e-6.
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        var trend = new MannKendall([.. values.Select(v => (long)v * 10)], values);
        Assert.That(trend.Significance(falling: false), Is.EqualTo(4.152e-6).Within(0.02e-6));
        Assert.That(trend.Slope, Is.EqualTo(0.1).Within(1e-12));
    }

    private static (int Fell, int Rose) Passes(int curves, Func<int, Curve> curve)
    {
        Curve[] all = [.. Enumerable.Range(0, curves).Select(curve)];
        return (all.Count(c => c.Meets("decreases")), all.Count(c => c.Meets("increases")));
    }
}
