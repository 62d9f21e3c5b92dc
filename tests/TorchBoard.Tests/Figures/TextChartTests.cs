using System.Text.RegularExpressions;
using TorchBoard.Figures;

namespace TorchBoard.Tests.Figures;

internal sealed class TextChartTests
{
    private static readonly double[] ZeroToEight = [.. Enumerable.Range(0, 9).Select(i => (double)i)];

    [Test]
    public void A_curve_is_drawn_in_dots_with_axes_and_legend()
    {
        var chart = Small("rising");
        chart.Add("loss", [0L, 1, 2, 3, 4, 5, 6, 7, 8], ZeroToEight);

        Assert.That(
            chart.ToString(),
            Is.EqualTo(string.Join(
                '\n',
                "   rising",
                "8 ┤                  ⢀⡠⠔⠊",
                "6 ┤               ⣀⠔⠊⠁",
                "  │           ⢀⡠⠔⠉",
                "4 ┤       ⣀⠤⠒⠊⠁",
                "2 ┤   ⣀⠤⠒⠉",
                "0 ┤⡠⠔⠊",
                "  └┬─────────┬──────────┬",
                "   0         4          8",
                "   ── loss 8")));
    }

    [Test]
    public void Lines_join_points_across_columns()
    {
        var chart = Small();
        chart.Add("a", [0.0, 100], [0.0, 0]);

        Assert.That(PlotRows(chart), Has.Exactly(1).Matches<string>(row => row!.Length == 19 && row.All(IsDots)));
    }

    [Test]
    public void NaN_and_infinity_leave_gaps_and_are_counted()
    {
        var chart = new TextChart { Width = 40 };
        chart.Add("a", ZeroToEight, [1, 1, double.NaN, double.NaN, double.PositiveInfinity, 1, 1, 1, 2]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Legend(chart), Is.EqualTo("── a 2 (2 NaN, 1 Inf)"));
            Assert.That(
                PlotRows(chart).Select(row => row.PadRight(34)[8..18]),
                Has.All.Matches<string>(string.IsNullOrWhiteSpace));
        }
    }

    [Test]
    public void A_last_value_that_is_NaN_is_named_as_such()
    {
        var chart = Small();
        chart.Add("loss", [0L, 1], [0.5, double.NaN]);

        Assert.That(Legend(chart), Is.EqualTo("── loss NaN (1 NaN)"));
    }

    [Test]
    public void A_logarithmic_axis_omits_and_counts_values_that_are_not_positive()
    {
        var chart = new TextChart { Width = 40, LogarithmicY = true };
        chart.Add("a", [0.0, 1, 2, 3], [0, 0.01, 1, -5]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(YLabels(chart), Is.EqualTo(new[] { "1", "0.1", "0.01" }));
            Assert.That(Legend(chart), Is.EqualTo("── a -5 (2 not above 0)"));
        }
    }

    [Test]
    public void Equal_ratios_have_equal_heights_on_a_logarithmic_axis()
    {
        var logarithmic = new TextChart { LogarithmicY = true };
        var even = new TextChart();
        logarithmic.Add("a", [0.0, 1, 2], [1, 10, 100]);
        even.Add("a", [0.0, 1, 2], [0, 50, 100]);

        Assert.That(PlotRows(logarithmic), Is.EqualTo(PlotRows(even)));
    }

    [Test]
    public void A_chart_without_a_curve_has_axes()
    {
        Assert.That(YLabels(Small()), Is.EqualTo(new[] { "1.0", "0.5", "0" }));
    }

    [Test]
    public void A_curve_without_points_is_named_in_the_legend()
    {
        var chart = Small();
        chart.Add("nothing", ReadOnlySpan<double>.Empty, []);

        Assert.That(Legend(chart), Is.EqualTo("── nothing no points"));
    }

    [Test]
    public void A_single_point_is_a_cross_in_the_middle()
    {
        var chart = Small();
        chart.Add("a", [7L], [3]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlotRows(chart).Sum(row => row.Sum(Dots)), Is.EqualTo(5));
            Assert.That(chart.ToString().Split('\n')[^2].Trim(), Is.EqualTo("7"));
        }
    }

    [Test]
    public void A_constant_curve_is_a_horizontal_line_with_its_value_on_the_axis()
    {
        var chart = Small();
        chart.Add("a", ZeroToEight, [.. Enumerable.Repeat(0.5, 9)]);
        string[] drawn = [.. PlotRows(chart).Where(row => row.Any(IsDots))];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawn, Has.Length.EqualTo(1));
            Assert.That(drawn[0].Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void Dots_of_curves_that_share_a_cell_are_merged()
    {
        var both = Small();
        both.Add("up", [0.0, 1], [0.0, 1]);
        both.Add("down", [0.0, 1], [1.0, 0]);
        var up = Small();
        up.Add("up", [0.0, 1], [0.0, 1]);
        var down = Small();
        down.Add("down", [0.0, 1], [1.0, 0]);

        Assert.That(Patterns(both), Is.EqualTo(Patterns(up).Zip(Patterns(down), (a, b) => a | b)));
    }

    [Test]
    public void Color_adds_codes_and_changes_nothing_else()
    {
        var chart = Small("both");
        chart.Add("up", ZeroToEight, ZeroToEight);
        chart.Add("down", ZeroToEight, [.. ZeroToEight.Reverse()]);
        string colored = chart.Render(color: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(colored, Does.Contain("\e[36m── up 8\e[0m").And.Contain("\e[33m── down 0\e[0m"));
            Assert.That(
                Regex.Replace(colored, "\e\\[[0-9]+m", ""), Is.EqualTo(chart.ToString()));
            Assert.That(chart.ToString(), Does.Not.Contain('\e'));
        }
    }

    [Test]
    public void No_line_is_wider_than_requested()
    {
        var chart = new TextChart { Width = 48 };
        for (int i = 0; i < 7; i++)
            chart.Add($"layer{i}/attention/output/weight", [0L, 123_456], [i * 1e-9, 1e-7]);

        Assert.That(chart.ToString().Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(48));
    }

    [Test]
    public void Control_characters_in_names_do_not_reach_the_terminal()
    {
        var chart = Small("a\e[2J");
        chart.Add("b\r\n", [0L], [1]);

        Assert.That(chart.Render(color: false), Does.Not.Contain('\e').And.Not.Contain('\r'));
    }

    [Test]
    public void The_largest_numbers_are_drawn_too()
    {
        var chart = Small();
        chart.Add("a", [double.MinValue, 0, double.MaxValue], [double.MinValue, 0, double.MaxValue]);

        Assert.That(YLabels(chart), Is.EqualTo(new[] { "1e300", "5e299", "0", "-5e299", "-1e300" }));
    }

    [Test]
    public void Curves_with_more_x_than_y_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Small().Add("a", [1.0, 2], [1.0]))!;

        Assert.That(error.Message, Does.StartWith("The numbers of x and y values must be equal; got 2 x and 1 y."));
    }

    [TestCase(23, 12, "Width must be at least 24; was 23.")]
    [TestCase(72, 2, "Height must be at least 3; was 2.")]
    public void Charts_too_small_to_read_are_refused(int width, int height, string message) =>
        Assert.That(
            () => new TextChart { Width = width, Height = height },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith(message));

    private static TextChart Small(string title = "") => new() { Title = title, Width = 25, Height = 6 };

    private static bool IsDots(char c) => c is > '\u2800' and <= '\u28FF';

    private static int Dots(char c) => IsDots(c) ? int.PopCount(c - '\u2800') : 0;

    private static string[] Plot(TextChart chart) =>
        [.. chart.ToString().Split('\n').Where(l => l.Contains('│') || l.Contains('┤'))];

    private static string[] PlotRows(TextChart chart) =>
        [.. Plot(chart).Select(l => l[(l.IndexOfAny(['│', '┤']) + 1)..])];

    private static string[] YLabels(TextChart chart) =>
        [.. Plot(chart).Where(l => l.Contains('┤')).Select(l => l[..l.IndexOf('┤', StringComparison.Ordinal)].Trim())];

    private static int[] Patterns(TextChart chart) =>
        [.. PlotRows(chart).SelectMany(row => row.PadRight(25)).Select(c => IsDots(c) ? c - '\u2800' : 0)];

    private static string Legend(TextChart chart) => chart.ToString().Split('\n')[^1].Trim();
}
