using TorchBoard.Histograms;

namespace TorchBoard.Tests.Histograms;

/// <summary>A file must not contain an infinity, and no value that is not finite may affect the others.</summary>
internal sealed class MomentsTests
{
    [Test]
    public void Sums_that_overflow_stay_finite()
    {
        var moments = new Moments();
        moments.Add<double>([.. Enumerable.Repeat(double.MaxValue, 20)]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((moments.Count, moments.NonFiniteCount), Is.EqualTo((20L, 0L)));
            Assert.That((moments.Sum, moments.SumOfSquares), Is.EqualTo((double.MaxValue, double.MaxValue)));
            Assert.That((moments.Min, moments.Max), Is.EqualTo((double.MaxValue, double.MaxValue)));
        }

        moments.Add<double>([.. Enumerable.Repeat(double.MinValue, 40)]);
        Assert.That(double.IsFinite(moments.Sum));
        Assert.That((moments.Count, moments.NonFiniteCount), Is.EqualTo((60L, 0L)));
    }

    [Test]
    public void Sums_computed_elsewhere_may_have_overflowed()
    {
        var moments = new Moments(-1, 1, 2, double.NaN, double.PositiveInfinity, 3);
        Assert.That((moments.Sum, moments.SumOfSquares), Is.EqualTo((0.0, double.MaxValue)));
        Assert.That((moments.Min, moments.Max, moments.Count, moments.NonFiniteCount), Is.EqualTo((-1.0, 1.0, 2L, 3L)));
    }

    [Test]
    public void Moments_without_values_add_only_what_is_not_finite()
    {
        var moments = new Moments();
        moments.Add<double>([2, 3]);
        moments.Add(new Moments(-100, 100, 0, 0, 0, 5));
        Assert.That((moments.Min, moments.Max, moments.Count, moments.NonFiniteCount), Is.EqualTo((2.0, 3.0, 2L, 5L)));
        moments.Add(new Moments(-4, 1, 2, -3, 17, 0));
        Assert.That(
            (moments.Min, moments.Max, moments.Count, moments.Sum, moments.SumOfSquares), Is.EqualTo((-4.0, 3.0, 4L, 2.0, 30.0)));
    }

    // At each place of a step of eight and of the rest after it.
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_only_counted(double value)
    {
        for (int at = 0; at < 19; at++)
        {
            double[] values = [.. Enumerable.Range(-5, 19)];
            values[at] = value;
            double[] finite = [.. values.Where(double.IsFinite)];
            var moments = new Moments();
            moments.Add<double>(values);

            Assert.That((moments.Count, moments.NonFiniteCount), Is.EqualTo((18L, 1L)), $"{at}");
            Assert.That(
                (moments.Min, moments.Max, moments.Sum, moments.SumOfSquares),
                Is.EqualTo((finite.Min(), finite.Max(), finite.Sum(), finite.Sum(v => v * v))), $"{at}");
        }
    }
}
