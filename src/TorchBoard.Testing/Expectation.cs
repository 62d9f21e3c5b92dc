using TorchBoard.Testing.Checks;

namespace TorchBoard.Testing;

/// <summary>
/// An expectation about a curve, created by a method of this class or read from text by
/// <see cref="Expectations.Parse"/>. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Each method has a counterpart in <see cref="Curve"/> that throws if the expectation is not met. The documentation
/// there says what exactly is computed.
/// </remarks>
public sealed class Expectation
{
    private readonly Func<Curve, IReadOnlyList<Curve>, Finding> _rule;
    private readonly string _words;
    private readonly string _sentence;
    private readonly double[] _limits;
    private double? _weight;
    private long? _from;
    private long? _until;

    private Expectation(
        string words, string sentence, Func<Curve, IReadOnlyList<Curve>, Finding> rule, params double[] limits)
    {
        _words = words;
        _sentence = sentence;
        _rule = rule;
        _limits = limits;
    }

    private Expectation(string words, string sentence, Func<Curve, Finding> rule, params double[] limits)
        : this(words, sentence, (curve, _) => rule(curve), limits)
    {
    }

    /// <summary>Whether the check requires a baseline to compare with.</summary>
    public bool NeedsBaseline { get; private init; }

    /// <summary>See <see cref="Curve.Decreases"/>.</summary>
    /// <param name="significance">
    /// The probability that noise without a trend passes: greater than 0, at most 0.5.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The significance is out of range.</exception>
    public static Expectation Decreases(double significance = Curve.DefaultSignificance) =>
        Trend("decreases", falling: true, significance);

    /// <summary>See <see cref="Curve.Increases"/>.</summary>
    /// <param name="significance">
    /// The probability that noise without a trend passes: greater than 0, at most 0.5.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The significance is out of range.</exception>
    public static Expectation Increases(double significance = Curve.DefaultSignificance) =>
        Trend("increases", falling: false, significance);

    /// <summary>See <see cref="Curve.EndsBelow"/>.</summary>
    /// <param name="value">The limit; the end must be below it, not at it.</param>
    /// <param name="over">Number of last points to take the median of; at least 1.</param>
    /// <exception cref="ArgumentException">The value is NaN, or <paramref name="over"/> is less than 1.</exception>
    public static Expectation EndsBelow(double value, int over = 1) => Ends("<", "below", value, over, v => v < value);

    /// <summary>See <see cref="Curve.EndsAbove"/>.</summary>
    /// <param name="value">The limit; the end must be above it, not at it.</param>
    /// <param name="over">Number of last points to take the median of; at least 1.</param>
    /// <exception cref="ArgumentException">The value is NaN, or <paramref name="over"/> is less than 1.</exception>
    public static Expectation EndsAbove(double value, int over = 1) => Ends(">", "above", value, over, v => v > value);

    /// <summary>See <see cref="Curve.StaysBelow"/>.</summary>
    /// <param name="value">The limit; every value must be below it, not at it.</param>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public static Expectation StaysBelow(double value) =>
        Stays($"< {Number.Text(NotNaN(value))}", $"below {Number.Text(value)}", v => v < value, value);

    /// <summary>See <see cref="Curve.StaysAbove"/>.</summary>
    /// <param name="value">The limit; every value must be above it, not at it.</param>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public static Expectation StaysAbove(double value) =>
        Stays($"> {Number.Text(NotNaN(value))}", $"above {Number.Text(value)}", v => v > value, value);

    /// <summary>See <see cref="Curve.StaysBetween"/>.</summary>
    /// <param name="low">The smallest value allowed.</param>
    /// <param name="high">The largest value allowed; not below <paramref name="low"/>.</param>
    /// <exception cref="ArgumentException">A limit is NaN, or the first is above the second.</exception>
    public static Expectation StaysBetween(double low, double high)
    {
        ThrowIfReversed(NotNaN(low), NotNaN(high), nameof(low));
        string limits = $"between {Number.Text(low)} and {Number.Text(high)}";
        return Stays(limits, limits, v => v >= low && v <= high, low, high);
    }

    /// <summary>See <see cref="Curve.ReachesBelow"/>.</summary>
    /// <param name="value">The limit; a value must be below it, not at it.</param>
    /// <param name="byStep">The last step at which the value counts; any step by default.</param>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public static Expectation ReachesBelow(double value, long? byStep = null) =>
        Reaches("<", "below", value, byStep, v => v < value);

    /// <summary>See <see cref="Curve.ReachesAbove"/>.</summary>
    /// <param name="value">The limit; a value must be above it, not at it.</param>
    /// <param name="byStep">The last step at which the value counts; any step by default.</param>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public static Expectation ReachesAbove(double value, long? byStep = null) =>
        Reaches(">", "above", value, byStep, v => v > value);

    /// <summary>See <see cref="Curve.IsWithin(Tolerance, Curve, bool)"/>. Needs one baseline.</summary>
    /// <param name="tolerance">The difference allowed.</param>
    /// <param name="allowMissing">Whether the curve and the baseline may have different first and last steps and gaps.</param>
    public static Expectation IsWithin(Tolerance tolerance, bool allowMissing = false) =>
        new(
            $"within {tolerance} of baseline{Except(allowMissing)}",
            $"is within {tolerance} of the baseline" + (allowMissing ? " at common steps" : ""),
            (curve, baselines) => BaselineRules.Within(curve, baselines, tolerance, allowMissing))
        {
            NeedsBaseline = true,
        };

    /// <summary>
    /// See <see cref="Curve.IsBetweenPercentiles(double, double, IEnumerable{Curve}, double, bool)"/>. Needs the runs as
    /// baselines.
    /// </summary>
    /// <param name="low">The lower percentile; at least 0.</param>
    /// <param name="high">The upper percentile; at most 100; not below <paramref name="low"/>.</param>
    /// <param name="allowedOutside">The share of points that may be outside, 0 to 1.</param>
    /// <param name="allowMissing">Whether the curve may begin or end elsewhere than the runs, or have gaps.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Expectation IsBetweenPercentiles(
        double low, double high, double allowedOutside = 0, bool allowMissing = false)
    {
        InRange(low, 0, 100, nameof(low));
        InRange(high, 0, 100, nameof(high));
        ThrowIfReversed(low, high, nameof(low));
        InRange(allowedOutside, 0, 1, nameof(allowedOutside));
        string percentiles = $"between percentiles {Number.Text(low)} and {Number.Text(high)}";
        string except = allowedOutside > 0 ? $" except {Number.Percent(allowedOutside)}" : "";
        return new(
            $"{percentiles} of baseline{except}{Except(allowMissing)}",
            $"is {percentiles} of the runs{except}" + (allowMissing ? " at common steps" : ""),
            (curve, runs) => BaselineRules.BetweenPercentiles(curve, runs, low, high, allowedOutside, allowMissing))
        {
            NeedsBaseline = true,
        };
    }

    /// <summary>See <see cref="Curve.HasNoNaN"/>.</summary>
    public static Expectation HasNoNaN() =>
        new("no-nan", "has no NaN or infinite value", curve => FiniteRules.Check(curve, v => !double.IsFinite(v)));

    /// <summary>See <see cref="Curve.HasNoInfinity"/>.</summary>
    public static Expectation HasNoInfinity() =>
        new("no-infinity", "has no infinite value", curve => FiniteRules.Check(curve, double.IsInfinity));

    /// <summary>See <see cref="Curve.HasNoSpikes"/>.</summary>
    /// <param name="threshold">The height allowed, as a multiple of the noise; greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not greater than 0.</exception>
    public static Expectation HasNoSpikes(double threshold = Curve.DefaultSpike)
    {
        InRange(threshold, double.Epsilon, double.MaxValue, nameof(threshold));
        string above = threshold == Curve.DefaultSpike ? "" : $" above {Number.Text(threshold)}";
        return new(
            "no-spikes" + above, $"has no spikes above {Number.Text(threshold)} times the noise",
            curve => SpikeRule.Check(curve, threshold));
    }

    /// <summary>See <see cref="Curve.HasNoPlateau"/>.</summary>
    /// <param name="steps">Number of steps of a plateau; at least 1; by default a quarter of the curve's steps.</param>
    /// <param name="minRelativeChange">The smallest change required, as a share of the value; 0.01 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Expectation HasNoPlateau(long? steps = null, double minRelativeChange = Curve.DefaultLeastChange)
    {
        if (steps is long given)
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(steps));
        InRange(minRelativeChange, 0, double.MaxValue, nameof(minRelativeChange));
        string over = steps is long length ? $" over {Number.Text(length)}" : "";
        string change = Number.Percent(minRelativeChange);
        string under = minRelativeChange == Curve.DefaultLeastChange ? "" : $" under {change}";
        return new(
            "no-plateau" + over + under,
            $"changes by {change} or more over every "
            + (steps is long wanted ? $"{Number.Text(wanted)} steps" : "quarter of its steps"),
            curve => PlateauRule.Check(curve, steps, minRelativeChange));
    }

    /// <summary>See <see cref="Curve.DoesNotDiverge"/>.</summary>
    public static Expectation DoesNotDiverge() => new("no-divergence", "does not diverge", DivergenceRule.Check);

    /// <summary>See <see cref="Curve.HasIncreasingSteps"/>.</summary>
    public static Expectation HasIncreasingSteps() => new("steps-increase", "has increasing steps", StepRules.Increase);

    /// <summary>See <see cref="Curve.HasCompleteSteps"/>.</summary>
    /// <param name="every">The distance between steps; at least 1.</param>
    /// <param name="from">The first step expected; by default the curve's lowest.</param>
    /// <param name="to">The last step expected; by default the curve's highest.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="every"/> is less than 1, or <paramref name="from"/> is after <paramref name="to"/>.
    /// </exception>
    public static Expectation HasCompleteSteps(long every = 1, long? from = null, long? to = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        if (from > to)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The first step must not be after the last; were {from} and {to}."),
                nameof(from));
        }

        string range = (from is long first ? $" from {Number.Text(first)}" : "")
            + (to is long last ? $" to {Number.Text(last)}" : "");
        return new(
            $"steps-complete every {Number.Text(every)}{range}",
            (every == 1 ? "has every step" : $"has a point every {Number.Text(every)} steps") + range,
            curve => StepRules.Complete(curve, every, from, to));
    }

    /// <summary>
    /// Returns the same expectation about the smoothed curve; see <see cref="Curve.Smoothed"/>. Baselines are smoothed
    /// too.
    /// </summary>
    /// <param name="weight">The weight of the past, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not between 0 and 1.</exception>
    public Expectation Smoothed(double weight)
    {
        InRange(weight, 0, 1, nameof(weight));
        return With(copy => copy._weight = weight);
    }

    /// <summary>
    /// Returns the same expectation about the points from a step on. Smoothing comes first, on the whole curve.
    /// </summary>
    /// <param name="step">The first step.</param>
    public Expectation FromStep(long step) => With(copy => copy._from = step);

    /// <summary>
    /// Returns the same expectation about the points up to a step. Smoothing comes first, on the whole curve.
    /// </summary>
    /// <param name="step">The last step.</param>
    public Expectation UntilStep(long step) => With(copy => copy._until = step);

    /// <inheritdoc cref="Check(Curve, IReadOnlyList{Curve})"/>
    /// <param name="series">The curve.</param>
    /// <param name="baselines">The baselines to compare with, if <see cref="NeedsBaseline"/>.</param>
    public CurveResult Check(ScalarSeries series, params IReadOnlyList<ScalarSeries> baselines)
    {
        ArgumentNullException.ThrowIfNull(baselines);
        return Check(Curve.Of(series), [.. baselines.Select(Curve.Of)]);
    }

    /// <summary>Checks whether a curve meets the expectation. Does not throw if it does not.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="baselines">
    /// The baselines to compare with, if <see cref="NeedsBaseline"/>: one curve for <see cref="IsWithin"/>, the runs
    /// for <see cref="IsBetweenPercentiles"/>. Ignored otherwise.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The expectation needs a baseline and there is none.</exception>
    public CurveResult Check(Curve curve, params IReadOnlyList<Curve> baselines)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(baselines);
        if (NeedsBaseline && baselines.Count == 0)
            throw new ArgumentException($"'{this}' compares with a baseline; none was given.", nameof(baselines));

        if (_weight is double weight)
        {
            curve = curve.Smoothed(weight);
            baselines = [.. baselines.Select(baseline => baseline.Smoothed(weight))];
        }

        if (_from is long from)
            curve = curve.FromStep(from);
        if (_until is long until)
            curve = curve.UntilStep(until);
        return new CurveResult(curve, Sentence(), _rule(curve, baselines), NeedsBaseline ? baselines : [], _limits);
    }

    /// <summary>Returns the expectation in the language that <see cref="Expectations.Parse"/> reads.</summary>
    public override string ToString() =>
        (_weight is double weight ? $"smoothed {Number.Text(weight)} " : "") + _words
        + (_from is long from ? $" from {Number.Text(from)}" : "")
        + (_until is long until ? $" until {Number.Text(until)}" : "");

    private static Expectation Trend(string word, bool falling, double significance)
    {
        InRange(significance, double.Epsilon, 0.5, nameof(significance));
        string at = significance == Curve.DefaultSignificance ? "" : $" at {Number.Text(significance)}";
        return new(word + at, word + at, curve => TrendRule.Check(curve, falling, significance));
    }

    private static Expectation Ends(string sign, string side, double value, int over, Func<double, bool> holds)
    {
        string limit = Number.Text(NotNaN(value));
        ArgumentOutOfRangeException.ThrowIfLessThan(over, 1);
        string points = over == 1 ? "" : $" over {Number.Text(over)}";
        return new(
            $"ends {sign} {limit}{points}",
            $"ends {side} {limit}" + (over == 1 ? "" : $" over its last {Number.Text(over)} points"),
            curve => LimitRules.Ends(curve, holds, over), value);
    }

    private static Expectation Stays(string words, string sentence, Func<double, bool> holds, params double[] limits) =>
        new("stays " + words, "stays " + sentence, curve => LimitRules.Stays(curve, holds), limits);

    private static Expectation Reaches(string sign, string side, double value, long? byStep, Func<double, bool> holds)
    {
        string limit = Number.Text(NotNaN(value));
        string by = byStep is long step ? $" by {Number.Text(step)}" : "";
        return new(
            $"reaches {sign} {limit}{by}",
            $"reaches {side} {limit}" + (byStep is long last ? $" by step {Number.Text(last)}" : ""),
            curve => LimitRules.Reaches(curve, holds, sign == "<", byStep), value);
    }

    private static string Except(bool allowMissing) => allowMissing ? " allow-missing" : "";

    private static double NotNaN(double value) => double.IsNaN(value)
        ? throw new ArgumentException("The limit must be a number; was NaN.", nameof(value))
        : value;

    private static void InRange(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(
                name, value,
                $"The value must be between {Number.Text(least)} and {Number.Text(most)}; was {Number.Text(value)}.");
        }
    }

    private static void ThrowIfReversed(double low, double high, string name)
    {
        if (low > high)
        {
            throw new ArgumentException(
                $"The lower limit must not exceed the upper; were {Number.Text(low)} and {Number.Text(high)}.", name);
        }
    }

    private Expectation With(Action<Expectation> change)
    {
        var copy = (Expectation)MemberwiseClone();
        change(copy);
        return copy;
    }

    private string Sentence() =>
        _sentence
        + (_from is long from ? $" from step {Number.Text(from)}" : "")
        + (_until is long until ? $" until step {Number.Text(until)}" : "")
        + (_weight is double weight ? $", smoothed by {Number.Text(weight)}" : "");
}
