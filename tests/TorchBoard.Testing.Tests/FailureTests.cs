namespace TorchBoard.Testing.Tests;

internal sealed class FailureTests
{
    [Test]
    public void A_failure_says_what_was_expected_seen_and_where_and_draws_the_curve()
    {
        long[] steps = [.. Enumerable.Range(0, 50).Select(i => i * 10L)];
        double[] values = [.. steps.Select(step => 0.25 + (2 * Math.Exp(-step / 100.0)))];
        Curve loss = Curve.Of(new ScalarSeries("digits", "loss/train", steps, values));

        var error = Assert.Throws<CurveAssertionException>(() => loss.Decreases().EndsBelow(0.1, over: 5));

        Assert.That(
            error!.Message.TrimStart(),
            Is.EqualTo(
                """
                Expected: loss/train ends below 0.1 over its last 5 points
                Seen:     the median of the last 5 points is 0.2681906
                Where:    run digits, tag loss/train, step 490, value 0.2648932

                3 ┤
                  │
                  │⢄⡀
                2 ┤ ⠈⠒⢄
                  │    ⠑⠢⣀
                  │       ⠉⠒⠤⡀
                1 ┤          ⠈⠉⠒⠢⠤⣀⡀
                  │                ⠈⠑⠒⠒⠢⠤⣀⣀⣀⣀
                  │                          ⠉⠉⠉⠒⠒⠒⠒⠒⠢⠤⠤⠤⠤⠤⠤⠤⠤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
                0 ┤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠭⠭⠭⠭
                  └┬───────────────────────────┬───────────────────────────────────────┬
                   0                          200                                    490
                   ── limit 0.1   ── loss/train 0.2649
                """));
    }

    [Test]
    public void A_result_has_what_a_report_draws()
    {
        Curve curve = Curves.Of(5, 3, 1);
        CurveResult between = Expectation.StaysBetween(0, 4).Check(curve);
        CurveResult within = Expectation.IsWithin(Tolerance.Absolute(1)).FromStep(1).Check(curve, Curves.Of(4, 2, 1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(between.Limits, Is.EqualTo([0, 4]));
            Assert.That(between.Baselines, Is.Empty);
            Assert.That(within.Limits, Is.Empty);
            Assert.That(within.Baselines.Single().Values.ToArray(), Is.EqualTo([4, 2, 1]));
            Assert.That(within.Curve.Values.ToArray(), Is.EqualTo([3, 1]));
        }
    }

    [Test]
    public void The_stack_trace_begins_in_the_test()
    {
        Curve loss = Curve.Of("loss", [0, 1], [1, 2]);
        var error = Assert.Throws<CurveAssertionException>(() => loss.EndsBelow(0.1));
        Assert.That(error!.StackTrace!.TrimStart(), Does.Contain(nameof(FailureTests)).And.Not.Contain("Curve.EndsBelow"));
    }

    [Test]
    public void A_trend_reports_its_slope_and_significance()
    {
        CurveResult result = Expectation.Decreases().Check(Curves.Noisy(3, 60, 0.2, _ => 1));
        Assert.That(
            result.Summary(),
            Is.EqualTo(
                "Expected: loss decreases\n"
                + "Seen:     no trend above the noise: slope 0.001715 per step, tau 0.08362, p = "
                + "0.8258\n"
                + "Where:    tag loss"));
    }

    [Test]
    public void A_baseline_is_drawn_with_the_curve()
    {
        Curve baseline = Curves.Made(40, i => 2 * Math.Exp(-i / 10.0));
        CurveResult result = Expectations.Parse("loss: smoothed 0.6 within 5% of baseline from 10")[0]
            .Check(Curves.Made(40, i => 2 * Math.Exp(-i / 12.0)), baseline);
        Assert.That(
            result.Summary(),
            Is.EqualTo(
                "Expected: loss is within 5% of the baseline from step 10, smoothed by 0.6\n"
                + "Seen:     0.994023 where the baseline is 0.8672; 30 of 30 points outside\n"
                + "Where:    tag loss, step 10, value 0.994023"));
        Assert.That(result.ToString(), Does.EndWith("── baseline 0.04807   ── loss 0.08917"));
    }

    [Test]
    public void NaN_is_reported_with_its_step()
    {
        CurveResult result = Expectation.HasNoNaN().Check(Curves.Of(3, 2, double.NaN, double.NaN, 1));
        Assert.That(
            result.Summary(),
            Is.EqualTo(
                "Expected: loss has no NaN or infinite value\n"
                + "Seen:     NaN; 2 of 5 points NaN or infinite\n"
                + "Where:    tag loss, step 2, value NaN"));
    }

    [Test]
    public void A_curve_without_points_is_not_drawn()
    {
        CurveResult result = Expectation.EndsBelow(1).Check(Curves.Of());
        Assert.That(
            result.ToString(), Is.EqualTo("Expected: loss ends below 1\nSeen:     no points\nWhere:    tag loss"));
    }
}
