using TorchBoard;
using TorchBoard.Testing;

namespace CurveTests;

/// <summary>Trains for a few epochs and fails if the curves do not show that the network learns.</summary>
internal sealed class LearningCurveTests
{
    private static readonly Lazy<Training> Usual = new(() => Training.Run());

    /// <summary>A test case for each check of each line that matches a curve.</summary>
    private static IEnumerable<TestCaseData> ExpectedCurves =>
        from line in Expectations.Load(Path.Combine(AppContext.BaseDirectory, "curves.txt"))
        from check in line
        select new TestCaseData(line, check)
            .SetArgDisplayNames(line.RunPattern ?? "*", line.TagPattern, check.ToString());

    [Test]
    public void The_training_loss_falls_and_ends_low() =>
        Curve.Of(Usual.Value.Train.Scalars["loss"])
            .Decreases()
            .HasNoNaN()
            .DoesNotDiverge()
            .Smoothed(0.9)
            .StaysBelow(1, fromStep: 200)
            .EndsBelow(0.3);

    [Test]
    public void Digits_never_seen_are_recognized() =>
        Curve.Of(Usual.Value.HeldOut.Scalars["accuracy"])
            .Increases()
            .ReachesAbove(0.8, byStep: 300)
            .EndsAbove(0.9);

    [TestCaseSource(nameof(ExpectedCurves))]
    public void The_file_of_expectations_is_met(Expectations line, Expectation check)
    {
        ScalarSeries[] curves =
        [
            .. Usual.Value.Train.Scalars.Values.Concat(Usual.Value.HeldOut.Scalars.Values)
                .Where(curve => line.Matches(curve.Run, curve.Tag)),
        ];
        Assert.That(curves, Is.Not.Empty);
        foreach (ScalarSeries curve in curves)
            Curve.Of(curve).Meets(check);
    }

    [Test]
    public void The_same_seed_gives_the_same_curve() =>
        Curve.Of(Training.Run().Train.Scalars["loss"])
            .IsWithin(Tolerance.Absolute(0), Usual.Value.Train.Scalars["loss"]);

    [Test]
    public void The_usual_seed_is_one_like_others()
    {
        Curve[] others = [.. Enumerable.Range(2, 8).Select(
            seed => SmoothLoss(Training.Run(options => options with { Seed = seed })))];

        // On average, two ninths of the points of a ninth seed are outside, but neighboring points are correlated.
        SmoothLoss(Usual.Value).IsBetweenPercentiles(0, 100, others, allowedOutside: 0.5);

        static Curve SmoothLoss(Training run) => Curve.Of(run.Train.Scalars["loss"]).Smoothed(0.9);
    }

    [Test]
    public void A_learning_rate_that_is_far_too_high_is_caught()
    {
        Curve loss = Curve.Of(Training.Run(options => options with { LearningRate = 1000 }).Train.Scalars["loss"]);
        var failure = Assert.Throws<CurveAssertionException>(() => loss.DoesNotDiverge().EndsBelow(0.3));
        Assert.That(failure!.Message, Does.Contain("Expected: loss ends below 0.3"));
    }
}
