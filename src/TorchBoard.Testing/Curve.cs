namespace TorchBoard.Testing;

/// <summary>
/// A curve with assertions about it, such as <c>Curve.Of(loss).Decreases().EndsBelow(0.1).HasNoNaN()</c>. Immutable and
/// thread-safe.
/// </summary>
/// <remarks>
/// An assertion that passes returns the curve. An assertion that fails throws a <see cref="CurveAssertionException"/>,
/// which every test framework reports as a failure. To get a result instead of an exception, use
/// <see cref="Expectation.Check(Curve, IReadOnlyList{Curve})"/>. Every assertion about a curve without points fails.
/// </remarks>
public sealed partial class Curve
{
    private readonly long[] _steps;
    private readonly double[] _values;

    /// <summary>The values before smoothing; the same array if the curve is not smoothed.</summary>
    private readonly double[] _measured;

    private Curve(string run, string tag, long[] steps, double[] values, double[] measured)
    {
        Run = run;
        Tag = tag;
        _steps = steps;
        _values = values;
        _measured = measured;
    }

    /// <summary>The name of the run; can be empty.</summary>
    public string Run { get; }

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <summary>The number of points.</summary>
    public int Count => _steps.Length;

    /// <summary>The steps, in the order of the points.</summary>
    public ReadOnlySpan<long> Steps => _steps;

    /// <summary>The values, smoothed if the curve is.</summary>
    public ReadOnlySpan<double> Values => _values;

    internal ReadOnlySpan<double> Measured => _measured;

    /// <summary>The step from which the curve was cut; a baseline counts from there.</summary>
    internal long First { get; private init; } = long.MinValue;

    /// <summary>The step at which the curve was cut.</summary>
    internal long Last { get; private init; } = long.MaxValue;

    /// <summary>Creates the curve of a scalar series read from a run.</summary>
    /// <param name="series">The series.</param>
    /// <exception cref="ArgumentNullException">The series is null.</exception>
    public static Curve Of(ScalarSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        double[] values = series.Values.ToArray();
        return new Curve(series.Run, series.Tag, series.Steps.ToArray(), values, values);
    }

    /// <summary>Creates a curve from numbers, which are copied.</summary>
    /// <param name="name">The name in messages.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="values">The values, one for each step; NaN and ±Infinity are allowed.</param>
    /// <exception cref="ArgumentException">The name is null, or the numbers of values and steps differ.</exception>
    public static Curve Of(string name, ReadOnlySpan<long> steps, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Of(new ScalarSeries("", name, steps, values));
    }

    /// <summary>Returns the points from a step on.</summary>
    /// <param name="step">The first step to keep.</param>
    public Curve FromStep(long step) => Between(Math.Max(First, step), Last);

    /// <summary>Returns the points up to a step.</summary>
    /// <param name="step">The last step to keep.</param>
    public Curve UntilStep(long step) => Between(First, Math.Min(Last, step));

    /// <summary>Returns the curve smoothed as by TensorBoard's slider: a debiased exponential moving average.</summary>
    /// <param name="weight">
    /// The weight of the past, from 0 (unchanged) to 1. TensorBoard's slider starts at 0.6.
    /// </param>
    /// <remarks>
    /// With the weight <c>w</c> and finite values <c>v₁, v₂, …</c>: <c>a₀ = 0</c>, <c>aₖ = w·aₖ₋₁ + (1 − w)·vₖ</c>, and
    /// the <c>k</c>-th smoothed value is <c>aₖ / (1 − wᵏ)</c>; for <c>w = 1</c> it is <c>aₖ</c>, which is 0. NaN and
    /// ±Infinity are passed through and do not enter the average. A curve of equal values is unchanged. Smoothing
    /// begins at the curve's first point, so a preceding <c>FromStep</c> restarts the average. Smoothing a smoothed
    /// curve starts again from its measured values.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not between 0 and 1.</exception>
    public Curve Smoothed(double weight)
    {
        if (!(weight is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(weight), weight, $"The weight must be between 0 and 1; was {Number.Text(weight)}.");
        }

        double first = _measured.Length > 0 ? _measured[0] : 0;
        if (Array.TrueForAll(_measured, value => value == first))
            return With(_measured);

        double[] smoothed = new double[_measured.Length];
        double average = 0;
        int finite = 0;
        for (int i = 0; i < smoothed.Length; i++)
        {
            smoothed[i] = _measured[i];
            if (!double.IsFinite(_measured[i]))
                continue;
            average = (average * weight) + ((1 - weight) * _measured[i]);
            finite++;
            smoothed[i] = weight == 1 ? average : average / (1 - Math.Pow(weight, finite));
        }

        return With(smoothed);
    }

    /// <summary>The points with a finite value, measured or smoothed.</summary>
    internal (long[] Steps, double[] Values) Finite(bool measured = false)
    {
        double[] all = measured ? _measured : _values;
        int count = all.Count(double.IsFinite);
        if (count == all.Length)
            return (_steps, all);

        (long[] steps, double[] values) = (new long[count], new double[count]);
        for (int i = 0, next = 0; i < all.Length; i++)
        {
            if (!double.IsFinite(all[i]))
                continue;
            steps[next] = _steps[i];
            values[next++] = all[i];
        }

        return (steps, values);
    }

    private Curve With(double[] values) =>
        new(Run, Tag, _steps, values, _measured) { First = First, Last = Last };

    private Curve Between(long first, long last)
    {
        int[] indices = [.. Enumerable.Range(0, Count).Where(i => _steps[i] >= first && _steps[i] <= last)];
        double[] values = Array.ConvertAll(indices, i => _values[i]);
        return new Curve(
            Run, Tag, Array.ConvertAll(indices, i => _steps[i]), values,
            ReferenceEquals(_values, _measured) ? values : Array.ConvertAll(indices, i => _measured[i]))
        {
            First = first,
            Last = last,
        };
    }
}
