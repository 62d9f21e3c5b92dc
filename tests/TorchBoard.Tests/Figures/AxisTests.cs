using TorchBoard.Figures;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Tests.Figures;

internal sealed class AxisTests
{
    [TestCase(0, 10, "0 2 4 6 8 10")]
    [TestCase(-0.05, 1.05, "0 0.2 0.4 0.6 0.8 1.0")]
    [TestCase(-4.3, 4.3, "−4 −2 0 2 4")]
    [TestCase(0, 3e-5, "0 5×10⁻⁶ 10⁻⁵ 1.5×10⁻⁵ 2×10⁻⁵ 2.5×10⁻⁵ 3×10⁻⁵")]
    public void Numbers_are_round_and_inside_the_axis(double min, double max, string labels) =>
        Assert.That(string.Join(' ', Axis.OfNumbers(new AxisScale(min, max, false), 7).Labels), Is.EqualTo(labels));

    [Test]
    public void A_logarithmic_axis_has_powers_of_ten_equally_far_apart()
    {
        Axis axis = Axis.OfNumbers(new AxisScale(1e-6, 1e2, true), 9);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(' ', axis.Labels), Is.EqualTo("10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰ 10¹ 10²"));
            for (int i = 0; i < axis.Ticks.Count; i++)
                Assert.That(axis.Scale.Share(axis.Ticks[i]), Is.EqualTo(i / 8.0).Within(1e-12));
        }
    }

    [Test]
    public void Multiples_are_between_powers_of_ten()
    {
        Axis axis = Axis.OfNumbers(new AxisScale(1, 1e4, true), 5);

        Assert.That(axis.MinorTicks, Has.Count.EqualTo(4 * 8));
        Assert.That(axis.MinorTicks.Take(9), Is.EqualTo(new double[] { 2, 3, 4, 5, 6, 7, 8, 9, 20 }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Any_range_has_at_least_two_ticks_inside(bool isLogarithmic)
    {
        var random = new Random(1);
        using (Assert.EnterMultipleScope())
        {
            for (int i = 0; i < 500; i++)
            {
                double min = Math.Pow(10, random.Next(-280, 290)) * (1 + random.NextDouble());
                double max = min * (1 + Math.Pow(10, (random.NextDouble() * 9) - 6));
                var range = new DataRange(isLogarithmic);
                range.Include([min, Math.Min(max, 1e300)]);

                Axis axis = Axis.OfNumbers(AxisScale.Around(range, isLogarithmic), 3 + (i % 8));

                Assert.That(axis.Ticks, Has.Count.AtLeast(2), $"{min} {max}");
                Assert.That(axis.Ticks.Select(axis.Scale.Share), Is.All.InRange(-1e-6, 1 + 1e-6), $"{min} {max}");
            }
        }
    }

    [TestCase(0, 10, -0.5, 10.5)]
    [TestCase(4, 4, 2, 6)]
    [TestCase(0, 0, -1, 1)]
    public void Data_have_a_margin_and_a_single_value_is_in_the_middle(double low, double high, double min, double max)
    {
        var range = new DataRange(positiveOnly: false);
        range.Include([low, high, double.NaN, double.PositiveInfinity]);

        AxisScale scale = AxisScale.Around(range, isLogarithmic: false);

        Assert.That((scale.Min, scale.Max), Is.EqualTo((min, max)));
    }

    [Test]
    public void Areas_end_without_a_margin()
    {
        var range = new DataRange(positiveOnly: false);
        range.IncludeEdge(0);
        range.Include(8);

        AxisScale scale = AxisScale.Around(range, isLogarithmic: false);

        Assert.That((scale.Min, scale.Max), Is.EqualTo((0, 8.4)));
    }

    [Test]
    public void Values_that_are_not_positive_are_ignored_on_a_logarithmic_axis()
    {
        var range = new DataRange(positiveOnly: true);
        range.Include([-5, 0, 10, 1000]);

        AxisScale scale = AxisScale.Around(range, isLogarithmic: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scale.Min, Is.EqualTo(Math.Pow(10, 0.9)).Within(1e-9));
            Assert.That(scale.Max, Is.EqualTo(Math.Pow(10, 3.1)).Within(1e-9));
            Assert.That(scale.Shows(0), Is.False);
        }
    }

    [Test]
    public void Labels_that_would_overlap_are_slanted_then_vertical_then_omitted()
    {
        var theme = new Theme(1);
        Axis few = Axis.OfNames(["a", "b", "c"]);
        Axis some = Axis.OfNames([.. Enumerable.Range(0, 10).Select(i => "a long name " + i)]);
        Axis many = Axis.OfNames([.. Enumerable.Range(0, 100).Select(i => "a long name " + i)]);
        double widest = theme.TickText.WidestOf(some.Labels);

        double capital = theme.TickText.CapitalHeight;
        double slanted = (widest + capital) * Math.Sqrt(0.5);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new TickLabels(few, 500, 400, theme).Height, Is.EqualTo(Math.Ceiling(capital)));
            Assert.That(new TickLabels(some, 500, 400, theme).Height, Is.EqualTo(Math.Ceiling(slanted)));
            Assert.That(new TickLabels(some, 180, 400, theme).Height, Is.EqualTo(widest).Within(2));
            Assert.That(Enumerable.Range(0, 100).Count(new TickLabels(many, 500, 400, theme).Has), Is.EqualTo(25));
        }
    }

    [TestCase(1, new string[0])]
    [TestCase(2, new[] { "0", "1" })]
    [TestCase(3, new[] { "0", "1", "2" })]
    [TestCase(10, new[] { "0", "2", "4", "6", "8" })]
    [TestCase(64, new[] { "0", "20", "40", "60" })]
    public void Rows_are_numbered_where_they_are(int rows, string[] labels)
    {
        Axis axis = Axis.OfNumbers(new AxisScale(-0.5, rows - 0.5, false), 5, areWhole: true);
        Assert.That(axis.Labels, Is.EqualTo(labels));
        Assert.That(axis.Ticks, Has.All.Matches<double>(double.IsInteger));
    }
}
