using System.Diagnostics;

namespace TorchBoard.Testing;

[StackTraceHidden]
public sealed partial class Curve
{
    internal const double DefaultSignificance = 0.01;
    internal const double DefaultSpike = 8;
    internal const double DefaultLeastChange = 0.01;

    /// <summary>Asserts that the curve falls more clearly than noise does.</summary>
    /// <param name="significance">
    /// The probability that a flat curve with noise passes: greater than 0, at most 0.5; 0.01 by default.
    /// </param>
    /// <remarks>
    /// <para>
    /// The one-sided test of Mann and Kendall. <c>S</c> is the number of pairs of points that rise minus the number of
    /// pairs that fall. The curve falls if values in random order reach an <c>S</c> as far below 0 with a probability
    /// below <paramref name="significance"/>. For up to ten values without ties, the probability is exact; otherwise it
    /// is that of the normal distribution at <c>z = (S ± 1) / √Var</c> with
    /// <c>Var = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18</c>, summed over groups of <c>t</c> equal values. Only the order
    /// of the values counts, so a few outliers change little.
    /// </para>
    /// <para>
    /// A curve of fewer points than a significance requires fails with that reason: <c>n</c> points in random order fall
    /// throughout with a probability of <c>1/n!</c>, so 5 points are needed for 0.01 and 3 for 0.5. From that number on,
    /// a curve that never rises and ends below its first value passes.
    /// </para>
    /// <para>
    /// A curve of more than 300 points is first divided into 300 blocks of consecutive points, as equal in length as
    /// possible, and each block is replaced by its median. The message also contains Kendall's
    /// <c>τ = S / (n(n−1)/2)</c> and the slope of Theil and Sen, the median of the slopes of all pairs.
    /// </para>
    /// <para>
    /// NaN and ±Infinity are ignored. The measured values are used even if the curve
    /// is smoothed, because the test requires independent noise and smoothing correlates neighbors. With a correlation
    /// of 0.5, a flat curve of 100 points passes in about 10% of cases instead of 1%.
    /// </para>
    /// <para>
    /// Sources: H. B. Mann, Nonparametric tests against trend, Econometrica 13 (1945); M. G. Kendall, Rank Correlation
    /// Methods (1975); P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968).
    /// </para>
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">The assertion fails.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The significance is out of range.</exception>
    public Curve Decreases(double significance = DefaultSignificance) => Meets(Expectation.Decreases(significance));

    /// <summary>Asserts that the curve rises more clearly than noise: the inverse of <see cref="Decreases"/>.</summary>
    /// <param name="significance">
    /// The probability that a flat curve with noise passes: greater than 0, at most 0.5; 0.01 by default.
    /// </param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">The assertion fails.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The significance is out of range.</exception>
    public Curve Increases(double significance = DefaultSignificance) => Meets(Expectation.Increases(significance));

    /// <summary>Asserts that the last value, or the median of the last few, is below a limit.</summary>
    /// <param name="value">The limit; the end must be below it, not at it.</param>
    /// <param name="over">
    /// Number of last points to take the median of, or all points if there are fewer; at least 1. The default of 1
    /// means the last value. NaN or ±Infinity among them fails.
    /// </param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">The assertion fails.</exception>
    /// <exception cref="ArgumentException">The value is NaN, or <paramref name="over"/> is less than 1.</exception>
    public Curve EndsBelow(double value, int over = 1) => Meets(Expectation.EndsBelow(value, over));

    /// <summary>Asserts that the last value, or the median of the last few, is above a limit.</summary>
    /// <inheritdoc cref="EndsBelow"/>
    public Curve EndsAbove(double value, int over = 1) => Meets(Expectation.EndsAbove(value, over));

    /// <summary>Asserts that every value is below a limit. NaN fails.</summary>
    /// <param name="value">The limit; every value must be below it, not at it.</param>
    /// <param name="fromStep">The first step to check; all steps by default.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">
    /// A value is not below or above the limit, or there is no point from that step on.
    /// </exception>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public Curve StaysBelow(double value, long? fromStep = null) => Meets(Expectation.StaysBelow(value), fromStep);

    /// <summary>Asserts that every value is above a limit. NaN fails.</summary>
    /// <inheritdoc cref="StaysBelow"/>
    public Curve StaysAbove(double value, long? fromStep = null) => Meets(Expectation.StaysAbove(value), fromStep);

    /// <summary>Asserts that every value is between two limits, inclusive. NaN fails.</summary>
    /// <param name="low">The smallest value allowed.</param>
    /// <param name="high">The largest value allowed; not below <paramref name="low"/>.</param>
    /// <param name="fromStep">The first step to check; all steps by default.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">
    /// A value is outside the limits, or there is no point from that step on.
    /// </exception>
    /// <exception cref="ArgumentException">A limit is NaN, or the first is above the second.</exception>
    public Curve StaysBetween(double low, double high, long? fromStep = null) =>
        Meets(Expectation.StaysBetween(low, high), fromStep);

    /// <summary>Asserts that at least one finite value is below a limit.</summary>
    /// <param name="value">The limit; a value must be below it, not at it.</param>
    /// <param name="byStep">The last step at which the value counts; any step by default.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">The assertion fails.</exception>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public Curve ReachesBelow(double value, long? byStep = null) => Meets(Expectation.ReachesBelow(value, byStep));

    /// <summary>Asserts that at least one finite value is above a limit.</summary>
    /// <inheritdoc cref="ReachesBelow"/>
    public Curve ReachesAbove(double value, long? byStep = null) => Meets(Expectation.ReachesAbove(value, byStep));

    /// <inheritdoc cref="IsWithin(Tolerance, Curve, bool)"/>
    public Curve IsWithin(Tolerance tolerance, ScalarSeries baseline, bool allowMissing = false) =>
        IsWithin(tolerance, Of(baseline), allowMissing);

    /// <summary>Asserts that every value is near the baseline's value at the same step.</summary>
    /// <param name="tolerance">The difference allowed.</param>
    /// <param name="baseline">
    /// The curve to compare with, used as is: to compare smoothed curves, smooth both. It is linear between its finite
    /// values; of several values at one step, the last one counts.
    /// </param>
    /// <param name="allowMissing">
    /// Whether the curve and the baseline may have different first and last steps and gaps. By default, the curve must
    /// begin, continue and end as the baseline does, or the run of a program that died early would pass.
    /// </param>
    /// <remarks>
    /// <para>
    /// Steps before the baseline's first or after its last are not compared; at least one step must be compared. NaN
    /// and ±Infinity of the curve are outside any tolerance.
    /// </para>
    /// <para>
    /// The steps need not be the same. The curve is too short if the baseline continues for at least the median distance
    /// between the curve's own steps, and too long in the reverse case. If all steps of the curve are steps of the
    /// baseline, a distance of at least twice the median between two of them is a gap. After <see cref="FromStep"/> and
    /// <see cref="UntilStep"/>, the baseline counts from and to the same steps.
    /// </para>
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">
    /// A value is outside the tolerance, steps are missing, or there is nothing to compare.
    /// </exception>
    /// <exception cref="ArgumentNullException">The baseline is null.</exception>
    public Curve IsWithin(Tolerance tolerance, Curve baseline, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return Require(Expectation.IsWithin(tolerance, allowMissing).Check(this, baseline));
    }

    /// <inheritdoc cref="IsBetweenPercentiles(double, double, IEnumerable{Curve}, double, bool)"/>
    public Curve IsBetweenPercentiles(
        double low, double high, IEnumerable<ScalarSeries> runs, double allowedOutside = 0, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return IsBetweenPercentiles(low, high, runs.Select(Of), allowedOutside, allowMissing);
    }

    /// <summary>Asserts that every value is between two percentiles of other runs at the same step.</summary>
    /// <param name="low">The lower percentile; at least 0, the lowest run.</param>
    /// <param name="high">The upper percentile; at most 100, the highest run; not below <paramref name="low"/>.</param>
    /// <param name="runs">
    /// The runs, for example of different seeds. A step is compared if at least two runs cover it.
    /// </param>
    /// <param name="allowedOutside">
    /// The share of compared points that may be outside, 0 (the default) to 1. Between percentiles 5 and 95, a run like
    /// the others has a tenth of its points outside.
    /// </param>
    /// <param name="allowMissing">Whether the curve may begin or end elsewhere than the runs, or have gaps.</param>
    /// <remarks>
    /// The curve must begin, continue and end as the runs do at the steps that at least two of them cover; see
    /// <see cref="IsWithin(Tolerance, Curve, bool)"/>. Percentiles are linear between the sorted values, as in NumPy's default (definition 7 of R. J. Hyndman and Y.
    /// Fan, Sample quantiles in statistical packages, The American Statistician 50, 1996). Runs are linear between
    /// their finite points; a run counts from its first step to its last. NaN and ±Infinity are outside.
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">
    /// Too many values are outside, steps are missing, or there is nothing to compare.
    /// </exception>
    /// <exception cref="ArgumentException">A number is out of range, or there are no runs.</exception>
    public Curve IsBetweenPercentiles(
        double low, double high, IEnumerable<Curve> runs, double allowedOutside = 0, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return Require(Expectation.IsBetweenPercentiles(low, high, allowedOutside, allowMissing).Check(this, [.. runs]));
    }

    /// <summary>Asserts that every value is finite: neither NaN nor ±Infinity.</summary>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">The assertion fails, or there are no points.</exception>
    public Curve HasNoNaN() => Meets(Expectation.HasNoNaN());

    /// <summary>Asserts that no value is ±Infinity; NaN is allowed.</summary>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">The assertion fails, or there are no points.</exception>
    public Curve HasNoInfinity() => Meets(Expectation.HasNoInfinity());

    /// <summary>Asserts that no value stands out from the values before and after it.</summary>
    /// <param name="threshold">The height allowed, as a multiple of the noise: greater than 0, 8 by default.</param>
    /// <remarks>
    /// The height of a value is its distance above both the median of up to 10 points before it and the median of up to
    /// 10 points after it, or below both; on a slope it is 0. A value is a spike if its height is more than
    /// <paramref name="threshold"/> times the noise. The noise is <c>1.4826 · median |vᵢ − (vᵢ₋₁ + vᵢ₊₁)/2| / √1.5</c>
    /// over up to 25 points on either side that are not neighbors of the value, which is the standard deviation of
    /// normal noise. If there are fewer than three of them, it is <c>1.4826 · median |vᵢ − median v|</c> of all other
    /// points. It is at least 0.001 of the size of the values around. A spike therefore has at most four points;
    /// anything longer is a level shift. The first and the last point are never spikes, and a curve of fewer than five
    /// finite points has none. NaN and ±Infinity are ignored; the assertion fails if no value is finite.
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">There is a spike, or no value is finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not greater than 0.</exception>
    public Curve HasNoSpikes(double threshold = DefaultSpike) => Meets(Expectation.HasNoSpikes(threshold));

    /// <summary>Asserts that the curve has no plateau.</summary>
    /// <param name="steps">Number of steps of a plateau; at least 1; by default a quarter of the curve's steps.</param>
    /// <param name="minRelativeChange">
    /// The smallest change required over this number of steps, as a share of the value; 0.01 by default, not negative.
    /// </param>
    /// <remarks>
    /// Windows of <paramref name="steps"/> steps cover the curve, each starting a quarter of its length after the
    /// previous one. In each window, <c>a</c> is the median of the first half of its points and <c>b</c> the median of
    /// the second half. The window is a plateau if <c>|b − a|</c> is 0 or less than
    /// <paramref name="minRelativeChange"/> <c>· max(|a|, |b|)</c>. Windows with fewer than four points are skipped.
    /// Steps are expected to increase. NaN and ±Infinity are ignored; the assertion fails if no value is finite.
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">There is a plateau.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Curve HasNoPlateau(long? steps = null, double minRelativeChange = DefaultLeastChange) =>
        Meets(Expectation.HasNoPlateau(steps, minRelativeChange));

    /// <summary>Asserts that a curve expected to fall, such as a loss, does not climb back.</summary>
    /// <remarks>
    /// The curve diverges if the last value is NaN or ±Infinity, or if
    /// <c>end &gt; best + (start − best)/2 + max(|start|/10, 5σ)</c>. The finite points are divided into ten parts of
    /// consecutive points (or as many as there are points). <c>start</c> is the first value, <c>end</c> the median of
    /// the last part, <c>best</c> the lowest median or <c>start</c>, and <c>σ</c> the noise of the first half,
    /// <c>1.4826 · median |vᵢ − (vᵢ₋₁ + vᵢ₊₁)/2| / √1.5</c>. With fewer than ten points, the last summand is
    /// <c>|start|/2</c>. The assertion fails if no value is finite.
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">The curve diverges, or no value is finite.</exception>
    public Curve DoesNotDiverge() => Meets(Expectation.DoesNotDiverge());

    /// <summary>Asserts that every step is greater than the previous one.</summary>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">The assertion fails, or there are no points.</exception>
    public Curve HasIncreasingSteps() => Meets(Expectation.HasIncreasingSteps());

    /// <summary>Asserts that no step is missing. Steps in between and repeated steps are allowed.</summary>
    /// <param name="every">The distance between steps; at least 1.</param>
    /// <param name="from">The first step expected, where counting begins; by default the curve's lowest.</param>
    /// <param name="to">The last step expected; by default the curve's highest.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">A step is missing, or there are no points.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="every"/> is less than 1, or <paramref name="from"/> is after <paramref name="to"/>.
    /// </exception>
    public Curve HasCompleteSteps(long every = 1, long? from = null, long? to = null) =>
        Meets(Expectation.HasCompleteSteps(every, from, to));

    /// <summary>Asserts an expectation that needs no baseline, for example one read from text.</summary>
    /// <param name="expectation">The expectation.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">The expectation is not met.</exception>
    /// <exception cref="ArgumentNullException">The expectation is null.</exception>
    /// <exception cref="ArgumentException">The expectation needs a baseline.</exception>
    public Curve Meets(Expectation expectation)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        return Require(expectation.Check(this));
    }

    private Curve Meets(Expectation expectation, long? fromStep) =>
        Meets(fromStep is long step ? expectation.FromStep(step) : expectation);

    private Curve Require(CurveResult result) => result.Passed ? this : throw new CurveAssertionException(result);
}
