namespace TorchBoard.Testing.Tests.Checks;

/// <summary>A comparison is not green where one side has no data.</summary>
internal sealed class MissingStepsTests
{
    private const string Within = "within 5% of baseline";

    private static readonly Curve Whole = Flat(0, 100, 10);

    [Test]
    public void A_curve_that_ends_early_is_not_within_any_tolerance()
    {
        CurveResult result = Expectation.IsWithin(Tolerance.Relative(0.05)).Check(Flat(0, 10, 10), Whole);
        Assert.That(
            (result.Passed, result.Seen),
            Is.EqualTo((false, "the curve ends at step 10, the baseline at 100; 0 of 2 points outside")));
    }

    [Test]
    public void A_baseline_that_ends_early_is_a_finding_too()
    {
        CurveResult result = Expectation.IsWithin(Tolerance.Relative(0.05)).Check(Whole, Flat(0, 10, 10));
        Assert.That(
            (result.Passed, result.Seen),
            Is.EqualTo((false, "the curve ends at step 100, the baseline at 10; 0 of 2 points outside")));
    }

    [Test]
    public void A_curve_that_begins_late_or_has_a_gap_is_a_finding()
    {
        Assert.That(Seen(Flat(30, 100, 10)), Does.StartWith("the curve begins at step 30, the baseline at 0; "));
        Curve gap = Curve.Of("loss", [0, 10, 20, 60, 70, 80, 90, 100], [1, 1, 1, 1, 1, 1, 1, 1]);
        Assert.That(
            Seen(gap), Does.StartWith("the curve has no points between steps 20 and 60, where the baseline has 3; "));
    }

    [Test]
    public void Values_outside_are_told_before_missing_steps()
    {
        Curve curve = Curve.Of("loss", [0, 10], [1, 2]);
        Assert.That(
            Seen(curve),
            Is.EqualTo("2 where the baseline is 1; 1 of 2 points outside; the curve ends at step 10, the baseline at "
                + "100"));
    }

    [TestCase(0, 98, 7, TestName = "Other_steps_that_end_less_than_a_step_early")]
    [TestCase(0, 100, 50, TestName = "Fewer_steps")]
    [TestCase(5, 95, 10, TestName = "Steps_between")]
    [TestCase(0, 100, 1, TestName = "More_steps")]
    public void Curves_need_not_have_the_same_steps(int first, int last, int every) =>
        Assert.That(Flat(first, last, every).Meets(Within, Whole), Is.True);

    [Test]
    public void A_single_point_compares_with_a_single_point_of_the_same_step()
    {
        Assert.That(Flat(7, 7, 1).Meets(Within, Flat(7, 7, 1)), Is.True);
        Assert.That(Flat(0, 0, 1).Meets(Within, Whole), Is.False);
    }

    [Test]
    public void Steps_at_both_ends_of_the_range_can_be_compared()
    {
        Curve curve = Curve.Of("loss", [long.MinValue, long.MaxValue], [1, 1]);
        Assert.That(curve.Meets(Within, curve), Is.True);
    }

    [Test]
    public void A_part_is_compared_with_the_same_part_of_the_baseline()
    {
        Assert.That(Whole.Meets(Within + " from 30 until 60", Whole), Is.True);
        Whole.FromStep(30).UntilStep(60).IsWithin(Tolerance.Relative(0.05), Whole);
        Assert.That(Flat(0, 40, 10).Meets(Within + " from 30 until 60", Whole), Is.False);
        Assert.That(Flat(0, 40, 10).FromStep(30).Smoothed(0.5).Meets(Within, Whole), Is.False);
    }

    [Test]
    public void Missing_steps_can_be_allowed()
    {
        Flat(0, 10, 10).IsWithin(Tolerance.Relative(0.05), Whole, allowMissing: true);
        Assert.That(Flat(0, 10, 10).Meets(Within + " allow-missing", Whole), Is.True);
        Assert.That(Flat(0, 10, 10).Meets("within 5% of baseline allow-missing from 10", Whole), Is.True);
    }

    [Test]
    public void Percentiles_cover_the_steps_of_at_least_two_runs()
    {
        Curve[] runs = [Whole, Flat(0, 60, 10), Flat(0, 50, 10)];
        const string between = "between percentiles 0 and 100 of baseline";
        Assert.That(Flat(0, 60, 10).Meets(between, runs), Is.True);
        Assert.That(Flat(0, 50, 10).Meets(between, runs), Is.False);
        Assert.That(Whole.Meets(between, runs), Is.False);
        Assert.That(Flat(0, 50, 10).Meets(between + " allow-missing", runs), Is.True);
    }

    private static string Seen(Curve curve) =>
        Expectation.IsWithin(Tolerance.Relative(0.05)).Check(curve, Whole).Seen;

    private static Curve Flat(int first, int last, int every)
    {
        long[] steps = [.. Enumerable.Range(0, ((last - first) / every) + 1).Select(i => first + (long)(i * every))];
        double[] values = new double[steps.Length];
        Array.Fill(values, 1);
        return Curve.Of("loss", steps, values);
    }
}
