using TorchBoard.Figures;

namespace TorchBoard.Tests.Figures;

internal sealed class AxisTicksTests
{
    private static readonly double[] Magnitudes = [1e-300, 1e-12, 0.0003, 0.7, 1, 3.3, 1234, 1e6, 5e18, 1e300];

    [TestCase(0, 1, "0 0.5 1.0")]
    [TestCase(0.0123, 2.31, "0 1 2 3")]
    [TestCase(0.3, 0.7, "0.3 0.4 0.5 0.6 0.7")]
    [TestCase(-4, 4, "-4 -2 0 2 4")]
    [TestCase(97.2, 98.1, "97.0 97.5 98.0 98.5")]
    [TestCase(0, 1_600_000, "0 5e5 1e6 1.5e6 2e6")]
    [TestCase(0, 0.00009, "0 5e-5 1e-4")]
    public void Even_ticks_are_round_and_enclose_the_data(double min, double max, string labels) =>
        Assert.That(Written(AxisTicks.Linear(min, max)), Is.EqualTo(labels));

    [TestCase(0.5, 0.5, "0.2 0.4 0.6 0.8")]
    [TestCase(0, 0, "-1.0 -0.5 0 0.5 1.0")]
    [TestCase(-3, -3, "-5 -4 -3 -2 -1")]
    public void One_value_lies_inside_its_axis(double min, double max, string labels) =>
        Assert.That(Written(AxisTicks.Linear(min, max)), Is.EqualTo(labels));

    [TestCase(0.0123, 2.31, "0.01 0.1 1 10")]
    [TestCase(1, 10, "1 2 5 10")]
    [TestCase(0.21, 0.45, "0.2 0.3 0.4 0.5")]
    [TestCase(1e-9, 1, "1e-9 1e-6 1e-3 1e0")]
    [TestCase(3, 3, "1 2 3 4 5")]
    public void Logarithmic_ticks_are_powers_of_ten_or_finer(double min, double max, string labels)
    {
        AxisTicks ticks = AxisTicks.Logarithmic(min, max);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticks.Values[0], Is.LessThanOrEqualTo(min));
            Assert.That(ticks.Values[^1], Is.GreaterThanOrEqualTo(max));
            Assert.That(Written(ticks), Is.EqualTo(labels));
        }
    }

    [Test]
    public void There_are_three_to_five_ticks_around_any_range()
    {
        foreach (double min in Magnitudes)
        {
            foreach (double factor in new[] { 1, 1.0000001, 1.2, 2.4, 2.6, 9, 11, 99, 12345, 1e30 })
            {
                double max = Math.Min(min * factor, 1e300);
                AssertEncloses(AxisTicks.Linear(min, max), min, max);
                AssertEncloses(AxisTicks.Linear(-max, min), -max, min);
                AssertEncloses(AxisTicks.Logarithmic(min, max), min, max);
            }
        }
    }

    [Test]
    public void Positions_run_from_the_first_tick_to_the_last()
    {
        AxisTicks even = AxisTicks.Linear(0, 4);
        AxisTicks logarithmic = AxisTicks.Logarithmic(1, 100);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(even.PositionOf(0), Is.Zero);
            Assert.That(even.PositionOf(3), Is.EqualTo(0.75));
            Assert.That(even.PositionOf(double.MaxValue), Is.EqualTo(1));
            Assert.That(logarithmic.PositionOf(10), Is.EqualTo(0.5));
            Assert.That(logarithmic.PositionOf(0), Is.Zero);
        }
    }

    private static void AssertEncloses(AxisTicks ticks, double min, double max)
    {
        double rounding = 1e-8 * (max - min);
        Assert.That(ticks.Values.Length, Is.InRange(3, 5), $"{min} to {max}");
        Assert.That(ticks.Values.ToArray(), Is.Ordered.Ascending.And.Unique, $"{min} to {max}");
        Assert.That(ticks.Labels.ToArray(), Is.Unique, $"{min} to {max}");
        Assert.That(ticks.Values[0], Is.LessThanOrEqualTo(min + rounding), $"{min} to {max}");
        Assert.That(ticks.Values[^1], Is.GreaterThanOrEqualTo(max - rounding), $"{min} to {max}");
    }

    private static string Written(AxisTicks ticks) => string.Join(' ', ticks.Labels.ToArray());
}
