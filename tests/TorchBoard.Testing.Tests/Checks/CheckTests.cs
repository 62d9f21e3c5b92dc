namespace TorchBoard.Testing.Tests.Checks;

internal sealed class CheckTests
{
    private const double NaN = double.NaN;
    private const double Inf = double.PositiveInfinity;

    private static readonly double[] Loss = [5, 3, 2, 1, 0.5];

    [TestCase("ends < 0.6", true)]
    [TestCase("ends < 0.5", false)]
    [TestCase("ends > 0.4", true)]
    [TestCase("ends > 0.5", false)]
    [TestCase("ends < 1.1 over 3", true)]
    [TestCase("ends < 1 over 3", false)]
    [TestCase("ends > 0.74 over 2", true)]
    [TestCase("ends > 1.9 over 99", true)]
    [TestCase("stays < 5.1", true)]
    [TestCase("stays < 5", false)]
    [TestCase("stays < 5 from 1", true)]
    [TestCase("stays > 0.4", true)]
    [TestCase("stays > 0.5", false)]
    [TestCase("stays > 0.5 until 3", true)]
    [TestCase("stays between 0.5 and 5", true)]
    [TestCase("stays between 0.6 and 5", false)]
    [TestCase("stays < 9 from 5", false)]
    [TestCase("reaches < 2.5", true)]
    [TestCase("reaches < 2.5 by 2", true)]
    [TestCase("reaches < 2 by 2", false)]
    [TestCase("reaches < 2 by -1", false)]
    [TestCase("reaches > 4 by 0", true)]
    [TestCase("reaches > 5", false)]
    [TestCase("no-nan, no-infinity", true)]
    [TestCase("no-divergence", true)]
    [TestCase("steps-increase", true)]
    [TestCase("steps-complete", true)]
    [TestCase("steps-complete from 0 to 5", false)]
    [TestCase("steps-complete from -1", false)]
    [TestCase("steps-complete every 2 from 0 to 4", true)]
    [TestCase("smoothed 0.6 ends < 1.2", false)]
    [TestCase("smoothed 0.6 ends > 1.2", true)]
    public void A_falling_curve(string check, bool passes) =>
        Assert.That(Curves.Of(Loss).Meets(check), Is.EqualTo(passes));

    [TestCase(new[] { 1, NaN }, false, true)]
    [TestCase(new[] { 1, Inf }, false, false)]
    [TestCase(new[] { 1, -Inf, 2 }, false, false)]
    [TestCase(new double[] { }, false, false)]
    public void Values_that_are_not_finite(double[] values, bool noNaN, bool noInfinity)
    {
        Curve curve = Curves.Of(values);
        Assert.That((curve.Meets("no-nan"), curve.Meets("no-infinity")), Is.EqualTo((noNaN, noInfinity)));
    }

    [TestCase("ends < 9")]
    [TestCase("ends > -9")]
    [TestCase("ends > -9 over 3")]
    [TestCase("stays < 9")]
    [TestCase("stays between -9 and 9")]
    [TestCase("within 100 of baseline")]
    public void NaN_is_below_above_and_near_nothing(string check)
    {
        Curve curve = Curves.Of(1, 2, NaN);
        Assert.That(curve.Meets(check, Curves.Of(1, 2, 3)), Is.False);
    }

    [Test]
    public void Every_check_of_a_curve_without_points_fails()
    {
        string[] checks =
        [
            "decreases", "increases", "ends < 1", "ends > 1", "stays < 1", "stays > 1", "stays between 0 and 1",
            "reaches < 1", "reaches > 1 by 9", "within 5% of baseline", "between percentiles 0 and 100 of baseline",
            "no-nan", "no-infinity", "no-spikes", "no-plateau", "no-divergence", "steps-increase", "steps-complete",
            "smoothed 0.5 ends < 1",
        ];
        foreach (string check in checks)
            Assert.That(Curves.Of().Meets(check, Curves.Of(1, 2), Curves.Of(1, 2)), Is.False, check);
    }

    [Test]
    public void Within_compares_at_the_curves_steps_and_interpolates_the_baseline()
    {
        Curve baseline = Curve.Of("loss", [0, 10, 20], [2, NaN, 1]);
        Curve.Of("loss", [-5, 0, 5, 10, 20, 25], [99, 2.1, 1.75, 1.5, 0.95, 99])
            .IsWithin(Tolerance.Relative(0.05001), baseline);
        Curve.Of("loss", [0, 5], [2.1, 1.7]).IsWithin(Tolerance.Absolute(0.1001), baseline, allowMissing: true);

        CurveResult result = Expectation.IsWithin(Tolerance.Absolute(0.1), allowMissing: true)
            .Check(Curve.Of("loss", [0, 5, 10], [2, 1.5, 1.2]), baseline);
        Assert.That(
            (result.Passed, result.Step, result.Seen),
            Is.EqualTo((false, 5, "1.5 where the baseline is 1.75; 2 of 3 points outside")));
        Assert.That(Curve.Of("loss", [30], [1]).Meets("within 5% of baseline", baseline), Is.False);
    }

    [Test]
    public void Percentiles_of_runs_are_linear_between_them()
    {
        Curve[] runs = [.. Enumerable.Range(0, 5).Select(k => Curve.Of("loss", [0, 10], [k, k + 10.0]))];

        // At step 5 the runs are at 5, 6, 7, 8, 9; percentiles 10 and 90 at 5.4 and 8.6.
        Curve.Of("loss", [5, 5], [5.4, 8.6]).IsBetweenPercentiles(10, 90, runs);
        Assert.That(
            () => Curve.Of("loss", [5], [5.39]).IsBetweenPercentiles(10, 90, runs),
            Throws.TypeOf<CurveAssertionException>());
        Curve.Of("loss", [3, 4, 5, 5], [5, 6, 7, 99])
            .IsBetweenPercentiles(10, 90, runs, allowedOutside: 0.25, allowMissing: true);
        Assert.That(
            () => Curve.Of("loss", [5], [7]).IsBetweenPercentiles(10, 90, runs[..1]),
            Throws.TypeOf<CurveAssertionException>().With.Message.Contains("no step in common with the baseline"));
    }

    [Test]
    public void A_spike_is_distinguished_from_noise_slopes_and_steps()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Curves.Noisy(seed, 300, 0.1, i => 0.1 + (5 * Math.Exp(-i / 5.0))).HasNoSpikes();
            Curves.Noisy(seed, 300, 0.1, i => i < 150 ? 10 : 1).HasNoSpikes();
            CurveResult result = Expectation.HasNoSpikes().Check(Curves.Noisy(seed, 300, 0.1, i => i == 77 ? 4 : 2));
            Assert.That((result.Passed, result.Step), Is.EqualTo((false, 77)));
        }

        Assert.That(Curves.Of(1, 1, 9, 1, 1).Meets("no-spikes"), Is.False);
        Assert.That(Curves.Of(1, 1, 1.007, 1, 1).Meets("no-spikes"), Is.True);
        Curves.Of(5, NaN, 4, Inf, 3, 2, 1).HasNoSpikes();
    }

    [Test]
    public void A_plateau_is_found_where_the_halves_of_a_window_are_alike()
    {
        Curves.Made(100, i => Math.Exp(-i / 50.0)).HasNoPlateau();
        CurveResult result = Expectation.HasNoPlateau(40).Check(Curves.Made(100, i => Math.Max(0, 50 - i)));
        Assert.That(result.Passed, Is.False);
        Assert.That(result.Seen, Is.EqualTo("from 0 to 0 between the halves of steps 50 to 90"));
        Assert.That(Curves.Noisy(1, 200, 0.001, _ => 1).Meets("no-plateau"), Is.False);
        Assert.That(Curves.Noisy(1, 200, 0.001, i => 2 - (i / 200.0)).Meets("no-plateau over 50 under 5%"), Is.True);
    }

    [Test]
    public void Divergence_is_distinguished_from_noise_and_overfitting()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Curves.Noisy(seed, 100, 0.5, _ => 1).DoesNotDiverge();
            Curves.Noisy(seed, 100, 0.1, i => Math.Exp(-i / 20.0)).DoesNotDiverge();
        }

        Curves.Made(100, i => i < 50 ? 2.3 - (i * 0.036) : 0.5 + ((i - 50) * 0.01)).DoesNotDiverge();
        Assert.Multiple(() =>
        {
            Assert.That(Curves.Made(100, i => i < 50 ? 2.3 - (i * 0.04) : 2.3).Meets("no-divergence"), Is.False);
            Assert.That(Curves.Made(100, i => 2 * Math.Exp(i / 10.0)).Meets("no-divergence"), Is.False);
            Assert.That(Curves.Of(2, 1e10, 1e12, 1e12).Meets("no-divergence"), Is.False);
            Assert.That(Curves.Of(2, 1, NaN).Meets("no-divergence"), Is.False);
        });
    }

    [Test]
    public void Missing_steps_are_counted_even_in_huge_ranges()
    {
        CurveResult result = Expectation.HasCompleteSteps(10).Check(Curve.Of("loss", [0, 10, 30, 60], [1, 1, 1, 1]));
        Assert.That((result.Passed, result.Step, result.Seen), Is.EqualTo((false, 10, "step 20 and 2 more missing")));

        result = Expectation.HasCompleteSteps(1).Check(Curve.Of("loss", [long.MinValue, long.MaxValue], [1, 1]));
        Assert.That(result.Seen, Is.EqualTo("step -9223372036854775807 and 18446744073709551613 more missing"));
        Assert.That(Curve.Of("loss", [long.MaxValue - 1, long.MaxValue], [1, 1]).Meets("steps-complete"), Is.True);
    }

    [Test]
    public void Steps_that_go_back_do_not_increase()
    {
        CurveResult result = Expectation.HasIncreasingSteps().Check(Curve.Of("loss", [1, 3, 2], [1, 1, 1]));
        Assert.That((result.Passed, result.Step, result.Seen), Is.EqualTo((false, 2, "step 2 after step 3")));
    }

    [Test]
    public void An_assertion_that_passes_returns_the_curve_itself()
    {
        Curve curve = Curves.Of(Loss);
        Assert.That(curve.Decreases().StaysBelow(9, fromStep: 1).HasNoNaN(), Is.SameAs(curve));
    }

    [Test]
    public void Invalid_arguments_are_rejected()
    {
        Curve curve = Curves.Of(Loss);
        Assert.Multiple(() =>
        {
            Assert.That(() => curve.EndsBelow(NaN), Throws.ArgumentException);
            Assert.That(() => curve.EndsBelow(1, over: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => curve.StaysBetween(2, 1), Throws.ArgumentException);
            Assert.That(() => curve.Decreases(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => curve.HasCompleteSteps(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => curve.HasCompleteSteps(1, 5, 4), Throws.ArgumentException);
            Assert.That(
                () => curve.IsBetweenPercentiles(-1, 50, [curve]), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => curve.IsBetweenPercentiles(5, 50, Array.Empty<Curve>()), Throws.ArgumentException);
            Assert.That(() => Tolerance.Relative(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }
}
