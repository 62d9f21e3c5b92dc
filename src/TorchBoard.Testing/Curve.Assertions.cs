namespace TorchBoard.Testing;

public sealed partial class Curve
{
    internal const double DefaultSignificance = 0.01;
    internal const double DefaultSpike = 8;
    internal const double DefaultLeastChange = 0.01;

    /// <summary>Asserts that the curve falls more clearly than noise does.</summary>
    /// <param name="significance">
    /// How likely a flat curve with noise may pass: greater than 0, at most 0.5; 0.01 by default.
    /// </param>
    /// <remarks>
    /// <para>
    /// The test of Mann and Kendall, one-sided: <c>S</c> is the number of pairs of points of which the later one is
    /// higher, less the number of those of which it is lower. The curve falls where <c>S</c> is so far below 0 that
    /// values in random order reach it with a probability below <paramref name="significance"/>. Up to ten values
    /// without ties, the probability is counted exactly; otherwise it is the normal distribution's at
    /// <c>z = (S ± 1) / √Var</c> with <c>Var = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18</c>, the sum over groups of
    /// <c>t</c> equal values. Only the order of the values counts, so a few outliers change little. A curve of which
    /// no value is above the one before, and the last is below the first, passes whatever its length: fewer than
    /// five points are never significant.
    /// </para>
    /// <para>
    /// More than 300 points are first cut into 300 runs of consecutive points as equally long as can be, each of
    /// which stands with its median. The message also tells Kendall's <c>τ = S / (n(n−1)/2)</c> and the slope of
    /// Theil and Sen, the median of the slopes of all pairs.
    /// </para>
    /// <para>
    /// NaN and ±Infinity are left out; fewer than two finite points fail. The values are the measured ones even
    /// where the curve is smoothed, because smoothing makes neighbors alike: the noise of neighbors must be
    /// independent. Where its correlation is 0.5, a flat curve of 100 points passes in about 10% of cases, not 1%.
    /// </para>
    /// <para>
    /// Sources: H. B. Mann, Nonparametric tests against trend, Econometrica 13 (1945); M. G. Kendall, Rank Correlation
    /// Methods (1975); P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968).
    /// </para>
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">It does not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The significance is out of its range.</exception>
    public Curve Decreases(double significance = DefaultSignificance) => Meets(Expectation.Decreases(significance));

    /// <summary>Asserts that the curve rises more clearly than noise: <see cref="Decreases"/> upside down.</summary>
    /// <param name="significance">
    /// How likely a flat curve with noise may pass: greater than 0, at most 0.5; 0.01 by default.
    /// </param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">It does not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The significance is out of its range.</exception>
    public Curve Increases(double significance = DefaultSignificance) => Meets(Expectation.Increases(significance));

    /// <summary>Asserts that the last value, or the median of the last few, is below a limit.</summary>
    /// <param name="value">The limit; the end must be below it, not at it.</param>
    /// <param name="over">
    /// How many of the last points to take the median of, or all where there are fewer; at least 1, which is the
    /// default and means the last value. NaN or ±Infinity among them fails.
    /// </param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">It is not.</exception>
    /// <exception cref="ArgumentException">The value is NaN, or over is less than 1.</exception>
    public Curve EndsBelow(double value, int over = 1) => Meets(Expectation.EndsBelow(value, over));

    /// <summary>Asserts that the last value, or the median of the last few, is above a limit.</summary>
    /// <inheritdoc cref="EndsBelow"/>
    public Curve EndsAbove(double value, int over = 1) => Meets(Expectation.EndsAbove(value, over));

    /// <summary>Asserts that every value is below a limit; NaN is not.</summary>
    /// <param name="value">The limit; every value must be below it, not at it.</param>
    /// <param name="fromStep">The first step to look at; all by default.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">One is not, or there is no point from that step on.</exception>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public Curve StaysBelow(double value, long? fromStep = null) => Meets(Expectation.StaysBelow(value), fromStep);

    /// <summary>Asserts that every value is above a limit; NaN is not.</summary>
    /// <inheritdoc cref="StaysBelow"/>
    public Curve StaysAbove(double value, long? fromStep = null) => Meets(Expectation.StaysAbove(value), fromStep);

    /// <summary>Asserts that every value lies between two limits, or at one of them; NaN does not.</summary>
    /// <param name="low">The least value allowed.</param>
    /// <param name="high">The greatest value allowed; no less.</param>
    /// <param name="fromStep">The first step to look at; all by default.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">One does not, or there is no point from that step on.</exception>
    /// <exception cref="ArgumentException">A limit is NaN, or the first is above the second.</exception>
    public Curve StaysBetween(double low, double high, long? fromStep = null) =>
        Meets(Expectation.StaysBetween(low, high), fromStep);

    /// <summary>Asserts that at least one finite value is below a limit.</summary>
    /// <param name="value">The limit; a value must be below it, not at it.</param>
    /// <param name="byStep">The last step at which it may happen; any by default.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">None is.</exception>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public Curve ReachesBelow(double value, long? byStep = null) => Meets(Expectation.ReachesBelow(value, byStep));

    /// <summary>Asserts that at least one finite value is above a limit.</summary>
    /// <inheritdoc cref="ReachesBelow"/>
    public Curve ReachesAbove(double value, long? byStep = null) => Meets(Expectation.ReachesAbove(value, byStep));

    /// <inheritdoc cref="IsWithin(Tolerance, Curve)"/>
    public Curve IsWithin(Tolerance tolerance, ScalarSeries baseline) => IsWithin(tolerance, Of(baseline));

    /// <summary>Asserts that every value lies near the baseline's at the same step.</summary>
    /// <param name="tolerance">How far the values may lie apart.</param>
    /// <param name="baseline">
    /// What to compare with, taken as it is: to compare smoothed curves, smooth both. Where it has no finite value at
    /// a step, it is taken as linear between those around; of several values at one step, the last counts.
    /// </param>
    /// <remarks>
    /// Steps before the baseline's first or after its last are not compared; there must be one that is. NaN and
    /// ±Infinity of the curve are near nothing. A curve shorter than its baseline passes:
    /// <see cref="HasCompleteSteps"/> asserts its length.
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">A value does not, or there is nothing to compare.</exception>
    /// <exception cref="ArgumentNullException">The baseline is null.</exception>
    public Curve IsWithin(Tolerance tolerance, Curve baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return Require(Expectation.IsWithin(tolerance).Check(this, baseline));
    }

    /// <inheritdoc cref="IsBetweenPercentiles(double, double, IEnumerable{Curve}, double)"/>
    public Curve IsBetweenPercentiles(
        double low, double high, IEnumerable<ScalarSeries> runs, double allowedOutside = 0)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return IsBetweenPercentiles(low, high, runs.Select(Of), allowedOutside);
    }

    /// <summary>Asserts that every value lies between two percentiles of other runs at the same step.</summary>
    /// <param name="low">The lower percentile, from 0, which is the lowest run.</param>
    /// <param name="high">The upper percentile, to 100, which is the highest run; no less.</param>
    /// <param name="runs">The runs, of different seeds say; a step is compared where two or more have it.</param>
    /// <param name="allowedOutside">
    /// The share of compared points that may lie outside, from 0, the default, to 1. Between percentiles 5 and 95, a
    /// run like the others has a tenth of its points outside.
    /// </param>
    /// <remarks>
    /// Percentiles are linear between the sorted values, as NumPy's are by default (definition 7 of R. J. Hyndman and
    /// Y. Fan, Sample quantiles in statistical packages, The American Statistician 50, 1996). Runs are linear between
    /// their finite points; a run counts at the steps from its first to its last. NaN and ±Infinity lie outside.
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">Too many do not, or there is nothing to compare.</exception>
    /// <exception cref="ArgumentException">A number is out of its range, or there is no run.</exception>
    public Curve IsBetweenPercentiles(double low, double high, IEnumerable<Curve> runs, double allowedOutside = 0)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return Require(Expectation.IsBetweenPercentiles(low, high, allowedOutside).Check(this, [.. runs]));
    }

    /// <summary>Asserts that every value is finite: neither NaN nor ±Infinity.</summary>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">One is not, or there is no point.</exception>
    public Curve HasNoNaN() => Meets(Expectation.HasNoNaN());

    /// <summary>Asserts that no value is ±Infinity; NaN is allowed.</summary>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">One is, or there is no point.</exception>
    public Curve HasNoInfinity() => Meets(Expectation.HasNoInfinity());

    /// <summary>Asserts that no value stands out from those before and after it.</summary>
    /// <param name="threshold">How many times the noise a value may stand out: greater than 0, 8 by default.</param>
    /// <remarks>
    /// A value's height is how far it lies above both the median of the up to 10 points before it and that of the up
    /// to 10 after it, or below both; on a slope it is 0. It is a spike where the height is more than
    /// <paramref name="threshold"/> times the noise: <c>1.4826 · median |vᵢ − (vᵢ₋₁ + vᵢ₊₁)/2| / √1.5</c> over up to
    /// 25 points on either side that are no neighbors of it, which is the standard deviation where noise is normal;
    /// where these are fewer than three, <c>1.4826 · median |vᵢ − median v|</c> of all other points; at least 0.001 of
    /// the size of the values around. So a spike has at most four points; what lasts longer is a step. The first and
    /// the last point are never one, and a curve of fewer than five finite points has none. NaN and ±Infinity are left
    /// out; it fails where no value is finite.
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">One does.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not greater than 0.</exception>
    public Curve HasNoSpikes(double threshold = DefaultSpike) => Meets(Expectation.HasNoSpikes(threshold));

    /// <summary>Asserts that the curve does not stand still.</summary>
    /// <param name="steps">How many steps a plateau has; at least 1; by default a quarter of the curve's.</param>
    /// <param name="minRelativeChange">
    /// The least change wanted over so many steps, as a share of the value; 0.01 by default, not negative.
    /// </param>
    /// <remarks>
    /// Windows of so many steps are laid over the curve, each a quarter of its length after the one before. In each,
    /// <c>a</c> is the median of the first half of its points and <c>b</c> that of the second half. It is a plateau
    /// where <c>|b − a|</c> is 0 or less than <paramref name="minRelativeChange"/> <c>· max(|a|, |b|)</c>. Windows
    /// with fewer than four points are not looked at, and steps are expected to increase. NaN and ±Infinity are left
    /// out; it fails where no value is finite.
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">There is a plateau.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Curve HasNoPlateau(long? steps = null, double minRelativeChange = DefaultLeastChange) =>
        Meets(Expectation.HasNoPlateau(steps, minRelativeChange));

    /// <summary>Asserts that a curve that is to fall, such as a loss, does not lose again what it gained.</summary>
    /// <remarks>
    /// It diverges where the last value is NaN or ±Infinity, or where
    /// <c>end &gt; best + (start − best)/2 + max(|start|/10, 5σ)</c>: the curve's finite points are cut into ten
    /// parts of consecutive points (or as many as there are points), <c>end</c> is the median of the last part,
    /// <c>best</c> the lowest median or <c>start</c>, <c>start</c> the first value, and <c>σ</c> the noise of the
    /// first half, <c>1.4826 · median |vᵢ − (vᵢ₋₁ + vᵢ₊₁)/2| / √1.5</c>. Where there are fewer than ten points, the
    /// last summand is <c>|start|/2</c>. It fails where no value is finite.
    /// </remarks>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">It diverges.</exception>
    public Curve DoesNotDiverge() => Meets(Expectation.DoesNotDiverge());

    /// <summary>Asserts that every step is greater than the one before.</summary>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">One is not, or there is no point.</exception>
    public Curve HasIncreasingSteps() => Meets(Expectation.HasIncreasingSteps());

    /// <summary>Asserts that no step is missing. Steps in between and repeated ones are allowed.</summary>
    /// <param name="every">How far the steps lie apart; at least 1.</param>
    /// <param name="from">The first step wanted, where counting begins; by default the curve's lowest.</param>
    /// <param name="to">The last step wanted; by default the curve's highest.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">One is missing, or there is no point.</exception>
    /// <exception cref="ArgumentException">Every is less than 1, or from is after to.</exception>
    public Curve HasCompleteSteps(long every = 1, long? from = null, long? to = null) =>
        Meets(Expectation.HasCompleteSteps(every, from, to));

    /// <summary>Asserts what an expectation says, one read from text say, that needs no baseline.</summary>
    /// <param name="expectation">The expectation.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="CurveAssertionException">It is not met.</exception>
    /// <exception cref="ArgumentNullException">The expectation is null.</exception>
    /// <exception cref="ArgumentException">It needs a baseline.</exception>
    public Curve Meets(Expectation expectation)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        return Require(expectation.Check(this));
    }

    private Curve Meets(Expectation expectation, long? fromStep) =>
        Meets(fromStep is long step ? expectation.FromStep(step) : expectation);

    private Curve Require(CurveResult result) => result.Passed ? this : throw new CurveAssertionException(result);
}
