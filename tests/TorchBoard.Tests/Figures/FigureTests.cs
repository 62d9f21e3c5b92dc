using TorchBoard.Drawing;
using TorchBoard.Figures;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;
using TorchBoard.Histograms;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Figures;

internal sealed class FigureTests
{
    private static readonly Color White = new(255, 255, 255);
    private static readonly Color Red = new(255, 0, 0);
    private static readonly Color Green = new(0, 128, 0);

    [Test]
    public void A_bar_is_as_high_as_its_value_on_the_axis()
    {
        Figure figure = new Figure { YRange = (0, 10) }.Bars<double>(["a", "b"], [10, 2.5], color: Red);

        (Picture picture, PixelBox area) = Rendered(figure);

        int first = CountDown(picture, area, area.Left + (area.Width / 4), Red);
        int second = CountDown(picture, area, area.Left + (3 * area.Width / 4), Red);
        Assert.That((first, second), Is.EqualTo((area.Height, (int)Math.Round(area.Height / 4.0))).Within(1));
    }

    [Test]
    public void A_bar_fills_four_fifths_of_the_space_of_its_name()
    {
        (Picture picture, PixelBox area) = Rendered(new Figure().Bars<double>(["a", "b"], [1, 1], color: Red));

        int width = Enumerable.Range(area.Left, area.Width).Count(x => picture[area.Bottom - 5, x] == Red);
        Assert.That(width, Is.EqualTo(0.8 * area.Width).Within(2));
    }

    [Test]
    public void Bars_of_several_series_are_side_by_side_in_the_order_added()
    {
        Figure figure = new Figure { Legend = FigureLegend.None }
            .Bars<int>(["a"], [1], "first", Red).Bars<int>(["a"], [1], "second", Green);

        (Picture picture, PixelBox area) = Rendered(figure);

        Assert.That(picture[area.Bottom - 5, area.Left + (int)(0.4 * area.Width)], Is.EqualTo(Red));
        Assert.That(picture[area.Bottom - 5, area.Left + (int)(0.6 * area.Width)], Is.EqualTo(Green));
    }

    [Test]
    public void Horizontal_bars_have_their_first_name_at_the_top()
    {
        (Picture picture, PixelBox area) = Rendered(
            new Figure { XRange = (0, 4) }.HorizontalBars<float>(["long", "short"], [4, 1], color: Red));

        int top = CountAcross(picture, area, area.Top + (area.Height / 4), Red);
        int bottom = CountAcross(picture, area, area.Top + (3 * area.Height / 4), Red);
        Assert.That((top, bottom), Is.EqualTo((area.Width, area.Width / 4)).Within(1));
    }

    [Test]
    public void Signed_bars_go_from_zero_to_either_side()
    {
        Figure figure = new Figure().SignedBars<double>(["up", "down"], [2, -1]);
        (Picture picture, PixelBox area) = Rendered(figure);
        AxisScale scale = figure.Content().Scales().X;

        int up = CountAcross(picture, area, area.Top + (area.Height / 4), Theme.Positive);
        int down = CountAcross(picture, area, area.Top + (3 * area.Height / 4), Theme.Negative);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(up, Is.EqualTo((scale.Share(2) - scale.Share(0)) * area.Width).Within(2));
            Assert.That(down, Is.EqualTo(up / 2.0).Within(2));
        }
    }

    [Test]
    public void A_line_goes_through_its_points()
    {
        (Picture picture, PixelBox area) = Rendered(
            new Figure { XRange = (0, 4), YRange = (0, 4), ShowGrid = false }.Line<int>([0, 1, 2, 3, 4], color: Red));

        foreach (double share in new[] { 0.1, 0.25, 0.5, 0.9 })
        {
            int x = area.Left + (int)(share * area.Width);
            int y = area.Bottom - 1 - (int)(share * area.Height);
            Assert.That(picture[y, x], Is.EqualTo(Red), $"{share}");
        }
    }

    [Test]
    public void NaN_and_infinity_leave_a_gap()
    {
        Figure figure = new Figure { XRange = (0, 4), YRange = (0, 2), ShowGrid = false }
            .Line<double>([1, 1, double.NaN, 1, 1], color: Red);

        (Picture picture, PixelBox area) = Rendered(figure);

        int middle = area.Top + (area.Height / 2);
        bool[] drawn = [.. new[] { 0.1, 0.3, 0.5, 0.7, 0.9 }.Select(
            s => picture[middle, area.Left + (int)(s * area.Width)] != White)];
        Assert.That(drawn, Is.EqualTo(new[] { true, false, false, false, true }));
    }

    [Test]
    public void On_a_logarithmic_axis_equal_factors_are_equally_far_apart()
    {
        Figure figure = new Figure { LogarithmicY = true, YRange = (1, 1e4), XRange = (0, 1), ShowGrid = false }
            .HorizontalLine(10, color: Red).HorizontalLine(100, color: Red).HorizontalLine(-1, color: Green);

        (Picture picture, PixelBox area) = Rendered(figure);

        int[] rows = [.. Enumerable.Range(area.Top, area.Height).Where(
            y => CountAcross(picture, area, y, White) < area.Width)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Min(), Is.EqualTo(area.Top + (area.Height / 2)).Within(2));
            Assert.That(rows.Max(), Is.EqualTo(area.Top + (3 * area.Height / 4)).Within(2));
        }
    }

    [Test]
    public void Marks_outside_the_axes_are_clipped()
    {
        (Picture picture, PixelBox area) = Rendered(
            new Figure { XRange = (0, 1), YRange = (0, 1) }.Line<double, double>([-5, 5], [0.5, 0.5], color: Red));

        Assert.That(CountAcross(picture, area, area.Top + (area.Height / 2), Red), Is.EqualTo(area.Width));
        Assert.That(picture[area.Top + (area.Height / 2), area.Left - 5], Is.Not.EqualTo(Red));
    }

    [Test]
    public void A_histogram_starts_and_ends_at_its_edges()
    {
        Figure figure = new Figure { XRange = (0, 4), YRange = (0, 4), ShowGrid = false }
            .Histogram<double>([0.5, 1.5, 1.5, 3.5], bins: HistogramBins.Between(0, 1, 2, 3, 4), color: Green);

        (Picture picture, PixelBox area) = Rendered(figure);

        int[] heights = [.. new[] { 0.125, 0.375, 0.625, 0.875 }.Select(
            s => area.Height - CountDown(picture, area, area.Left + (int)(s * area.Width), White))];
        Assert.That(heights, Is.EqualTo(new[] { 1, 2, 0, 1 }.Select(n => n * area.Height / 4)).Within(3));
    }

    [TestCase(new[] { 0.1, 0.2 })]
    [TestCase(new double[0])]
    public void A_histogram_over_a_given_range_shows_all_of_it(double[] values)
    {
        Figure figure = new Figure { ShowGrid = false }
            .Histogram<double>(values, bins: HistogramBins.Equal(50, -5, 5), color: Green);
        Figure fixedAxis = new Figure { ShowGrid = false, XRange = (-5.5, 5.5) }
            .Histogram<double>(values, bins: HistogramBins.Equal(50, -5, 5), color: Green);

        // Axes have a margin of a twentieth at both ends.
        Assert.That(Rendered(figure).Picture.ToPng(), Is.EqualTo(Rendered(fixedAxis).Picture.ToPng()));
    }

    [Test]
    public void A_box_shows_quartiles_whiskers_and_outliers()
    {
        BoxStatistics box = BoxStatistics.Of([1, 2, 3, 4, 5, 6, 7, 8, 30, double.NaN])!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((box.LowQuartile, box.Median, box.HighQuartile), Is.EqualTo((3, 5, 7)));
            Assert.That((box.LowWhisker, box.HighWhisker), Is.EqualTo((1, 8)));
            Assert.That(box.Outliers, Is.EqualTo(new[] { 30.0 }));
            Assert.That(BoxStatistics.Of([double.NaN]), Is.Null);
        }
    }

    [Test]
    public void Dense_lines_keep_their_peaks()
    {
        double[] y = new double[100_000];
        y[54_321] = 1;
        y[54_322] = -1;
        Figure figure = new Figure { YRange = (-1, 1), ShowGrid = false }.Line<double>(y, color: Red);
        (Picture picture, PixelBox area) = Rendered(figure);

        int[] drawn = [.. Enumerable.Range(area.Left, area.Width).Select(x => CountDown(picture, area, x, Red))];
        Assert.That(drawn.Max(), Is.GreaterThan(area.Height * 0.9));
        Assert.That(drawn.Count(n => n > 10), Is.LessThanOrEqualTo(3));
    }

    [Test]
    public void The_legend_lists_series_in_the_order_added()
    {
        Figure figure = new Figure { Legend = FigureLegend.Outside }
            .Line<int>([1, 2], "first", Red).Line<int>([2, 1]).Line<int>([3, 3], "second", Green);

        (Picture picture, PixelBox area) = Rendered(figure, roomAtRight: true);

        int[] red = RowsRightOf(picture, area, Red);
        int[] green = RowsRightOf(picture, area, Green);
        Assert.That(red, Is.Not.Empty);
        Assert.That(green.Min(), Is.GreaterThan(red.Max()));
        Assert.That(RowsRightOf(picture, area, Theme.ColorOf(0)), Is.Empty);
    }

    [Test]
    public void The_legend_takes_the_emptiest_corner()
    {
        Figure figure = new Figure { ShowGrid = false }.Line<double, double>([0, 1], [0, 1], "rising", Red);

        (Picture picture, PixelBox area) = Rendered(figure);

        var topLeft = new PixelBox(area.Left + 9, area.Top + 9, area.Left + 40, area.Top + 30);
        bool hasKey = Enumerable.Range(topLeft.Left, topLeft.Width)
            .Any(x => Enumerable.Range(topLeft.Top, topLeft.Height).Any(y => picture[y, x] == Red));
        Assert.That(hasKey, Is.True);
    }

    [Test]
    public void A_figure_is_as_large_as_asked_at_any_scale()
    {
        Figure figure = new Figure { Title = "t" }.Line<int>([1, 2]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((figure.Render().Width, figure.Render().Height), Is.EqualTo((640, 480)));
            Picture twice = figure.Render(200, 100, scale: 2);
            Assert.That((twice.Width, twice.Height, twice.Channels), Is.EqualTo((400, 200, 3)));
        }
    }

    [Test]
    public void The_same_figure_has_the_same_bytes()
    {
        Figure figure = new Figure { Title = "Same" }.Line<double>([1, 5, 2], "a").Scatter<int, int>([1], [2]);
        byte[] first = figure.Render().ToPng();
        Assert.That(figure.Render().ToPng(), Is.EqualTo(first));
    }

    [Test]
    public void Any_data_are_drawn()
    {
        double[][] series =
        [
            [], [1], [double.NaN], [5, 5, 5], [0, 0], [-1, -2], [1e-300, 1e300], [-1.7e308, 1.7e308], [5e-324, 1e-323],
            [double.PositiveInfinity, 1, double.NegativeInfinity], [1, 1 + 1e-15],
        ];
        string[] names = ["a", "b", "c"];
        foreach (double[] y in series)
        {
            foreach (bool log in new[] { false, true })
            {
                var figure = new Figure { Title = "Any", LogarithmicX = log, LogarithmicY = log };
                figure.Line<double>(y, "line").Scatter<double, double>(y, y, "points").Histogram<double>(y, "histogram")
                    .Band<double, double>(y, y, y, "band").VerticalLine(3);
                Assert.That(figure.Render(200, 150).Pixels.IndexOf((byte)0xB2), Is.Not.Negative, string.Join(' ', y));
                new Figure { LogarithmicY = log }.Bars<double>(names[..y.Length], y).Render(100, 80);
                new Figure { LogarithmicX = log }.SignedBars<double>(names[..y.Length], y).Render(100, 80);
                new Figure { LogarithmicY = log }.Boxes(["a"], [y]).Render(100, 80);
                if (y.Length > 0)
                    new Figure().Heatmap<double>(y, 1, y.Length).Render(100, 80);
            }
        }
    }

    [Test]
    public void A_grid_draws_each_figure_in_its_cell()
    {
        Figure[] cells = [.. new[] { Red, Green, Red }.Select(c => new Figure().Bars<int>(["x"], [1], color: c))];

        Picture picture = Figure.Grid(cells, columns: 2).Render(400, 400);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture[100, 110], Is.EqualTo(Red));
            Assert.That(picture[100, 310], Is.EqualTo(Green));
            Assert.That(picture[300, 110], Is.EqualTo(Red));
            Assert.That(picture[300, 310], Is.EqualTo(White));
        }
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("y", () => new Figure().Line<int, int>([1, 2], [1]), "must be 2; was 1");
            Refusal.Of("high", () => new Figure().Band<int, int>([1], [1], []));
            Refusal.Of("names", () => new Figure().Bars<int>(["a"], [1, 2]), "2 names");
            Refusal.Of("y", () => new Figure().HorizontalLine(double.NaN));
            Refusal.Of("values", () => new Figure().Heatmap<int>([1, 2, 3], 2, 2), "2 rows × 2 columns");
            Refusal.Of("XRange", () => new Figure { XRange = (1, 1) }.Render());
            Refusal.Of("width", () => new Figure().Render(width: 10), "between 64 and 8192");
            Refusal.Of("figures", () => Figure.Grid([]));
            Refused(() => new Figure { LogarithmicX = true, XRange = (0, 1) }.Render(), "above 0");
            Refused(() => new Figure().Bars<int>(["a"], [1]).Bars<int>(["b"], [1]), "same names");
            Refused(() => new Figure().Bars<int>(["a"], [1]).HorizontalBars<int>(["a"], [1]), "cannot combine");
        }
    }

    private static void Refused(Action call, string message) =>
        Assert.That(call, Throws.ArgumentException.With.Message.Contains(message));

    private static (Picture Picture, PixelBox Area) Rendered(Figure figure, bool roomAtRight = false)
    {
        var theme = new Theme(1);
        FigureContent content = figure.Content();
        int room = roomAtRight ? new Legend(content.Marks, 288, 460, theme).Width + (2 * theme.Gap) : 0;
        return (figure.Render(), new FigureLayout(content, new PixelBox(0, 0, 640, 480), theme, room).Area);
    }

    private static int CountDown(Picture picture, PixelBox area, int x, Color color) =>
        Enumerable.Range(area.Top, area.Height).Count(y => picture[y, x] == color);

    private static int CountAcross(Picture picture, PixelBox area, int y, Color color) =>
        Enumerable.Range(area.Left, area.Width).Count(x => picture[y, x] == color);

    private static int[] RowsRightOf(Picture picture, PixelBox area, Color color) =>
        [.. Enumerable.Range(0, picture.Height).Where(
            y => Enumerable.Range(area.Right + 4, picture.Width - area.Right - 4).Any(x => picture[y, x] == color))];
}
