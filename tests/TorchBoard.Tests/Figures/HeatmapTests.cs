using TorchBoard.Drawing;
using TorchBoard.Figures;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;
using TorchBoard.Imaging;
using TorchBoard.Metrics;

namespace TorchBoard.Tests.Figures;

internal sealed class HeatmapTests
{
    [Test]
    public void Names_rotated_by_square_cells_leave_room_for_the_label_below()
    {
        string[] names = ["[CLS]", "the", "cat", "sat", "on", "the", "mat", ".", "[SEP]"];
        Picture picture = new Figure { Title = "title", XLabel = "attended to", YLabel = "attends" }
            .Heatmap<double>(new double[81], 9, 9, new() { RowNames = names, ColumnNames = names, SquareCells = true })
            .Render();
        int[] inked = [.. Enumerable.Range(0, picture.Height).Where(y =>
            Enumerable.Range(0, picture.Width).Any(x => picture[y, x] != new Color(255, 255, 255)))];
        Assert.That(inked[^1], Is.LessThan(picture.Height - 2));
    }

    [Test]
    public void Cells_have_the_colors_of_their_values_with_the_first_row_at_the_top()
    {
        double[] values = [0, 1, 2, double.NaN, 4, 8];
        Figure figure = new Figure().Heatmap<double>(values, 2, 3);

        (Picture picture, PixelBox area) = Rendered(figure);

        using (Assert.EnterMultipleScope())
        {
            for (int i = 0; i < values.Length; i++)
            {
                Color wanted = double.IsNaN(values[i])
                    ? Theme.Missing
                    : ColorMap.Viridis[(int)Math.Min(values[i] / 8 * 256, 255)];
                Assert.That(CellAt(picture, area, i / 3, i % 3, 2, 3), Is.EqualTo(wanted), $"cell {i}");
            }
        }
    }

    [Test]
    public void The_color_bar_runs_from_the_smallest_value_at_the_bottom_to_the_largest_at_the_top()
    {
        (Picture picture, PixelBox area) = Rendered(new Figure().Heatmap<int>([0, 100], 1, 2));

        int x = area.Right + 20;
        Assert.That(picture[area.Bottom - 1, x], Is.EqualTo(ColorMap.Viridis[0]));
        Assert.That(picture[area.Top, x], Is.EqualTo(ColorMap.Viridis[255]));
        int level = (int)(256 * (area.Bottom - 300 - 0.5) / area.Height);
        Assert.That(picture[300, x], Is.EqualTo(ColorMap.Viridis[level]));
    }

    [Test]
    public void A_single_row_has_no_number_beside_it()
    {
        (Picture one, PixelBox area) = Rendered(new Figure().Heatmap<int>([0, 100], 1, 2));
        (Picture two, PixelBox narrower) = Rendered(new Figure().Heatmap<int>([0, 100], 2, 1));

        Assert.That(IsInkedLeftOf(one, area), Is.False);
        Assert.That(IsInkedLeftOf(two, narrower), Is.True);

        static bool IsInkedLeftOf(Picture picture, PixelBox area) => Enumerable.Range(area.Top, area.Height).Any(y =>
            Enumerable.Range(0, area.Left - 2).Any(x => picture[y, x] != new Color(255, 255, 255)));
    }

    [Test]
    public void Diverging_colors_have_zero_in_the_middle()
    {
        (Picture picture, PixelBox area) = Rendered(
            new Figure().Heatmap<double>([-1, 0, 4], 1, 3, new HeatmapOptions { Diverging = true }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CellAt(picture, area, 0, 0, 1, 3), Is.EqualTo(ColorMap.BlueWhiteRed.Of(-0.25f)));
            Assert.That(CellAt(picture, area, 0, 1, 1, 3), Is.EqualTo(new Color(255, 255, 255)));
            Assert.That(CellAt(picture, area, 0, 2, 1, 3), Is.EqualTo(ColorMap.BlueWhiteRed.Of(1)));
        }
    }

    [Test]
    public void Equal_values_have_the_color_in_the_middle()
    {
        (Picture picture, PixelBox area) = Rendered(new Figure().Heatmap<int>([7, 7], 1, 2));
        Assert.That(CellAt(picture, area, 0, 0, 1, 2), Is.EqualTo(ColorMap.Viridis[128]));
    }

    [Test]
    public void More_cells_than_pixels_are_averaged()
    {
        double[] stripes = [.. Enumerable.Range(0, 2000 * 10).Select(i => (double)(i % 2))];
        Figure figure = new Figure().Heatmap<double>(stripes, 10, 2000, new HeatmapOptions { ShowColorBar = false });

        (Picture picture, PixelBox area) = Rendered(figure);

        int[] levels = [.. Enumerable.Range(area.Left, area.Width).Select(x => LevelOf(picture[240, x]))];
        Assert.That(levels.Average(), Is.EqualTo(128).Within(3));
        Assert.That(levels, Is.All.InRange(80, 180));
    }

    [Test]
    public void A_confusion_matrix_has_the_true_class_in_rows_and_may_show_shares()
    {
        int[] counts = [8, 2, 0, 0];

        (Picture picture, PixelBox area) = Rendered(
            Figure.ConfusionMatrix<int>(counts, ["cat", "dog"], normalized: true));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(area.Width, Is.EqualTo(area.Height).Within(1));
            Assert.That(picture[area.Top + 10, area.Left + 10], Is.EqualTo(ColorMap.DeepBlues[(int)(0.8 * 256)]));
            Assert.That(picture[area.Top + 10, area.Right - 10], Is.EqualTo(ColorMap.DeepBlues[(int)(0.2 * 256)]));
            Assert.That(picture[area.Bottom - 10, area.Left + 10], Is.EqualTo(ColorMap.DeepBlues[0]));
        }
    }

    [Test]
    public void Cells_show_their_numbers_in_a_legible_color()
    {
        (Picture picture, PixelBox area) = Rendered(Figure.ConfusionMatrix<int>([100, 0, 0, 100]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Around(area.Left + (area.Width / 4)).Max(c => c.Green), Is.GreaterThan(240), "white on dark");
            Assert.That(Around(area.Left + (3 * area.Width / 4)).Min(c => c.Green), Is.LessThan(60), "black on white");
        }

        IEnumerable<Color> Around(int x) =>
            from dy in Enumerable.Range(-8, 16)
            from dx in Enumerable.Range(-12, 24)
            select picture[area.Top + (area.Height / 4) + dy, x + dx];
    }

    [Test]
    public void Rates_lie_in_the_unit_square_with_the_diagonal_of_chance()
    {
        FigureContent content = Figure.Roc<double>([0, 0.2, 1], [0, 0.9, 1], "cat").Content();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(content.XRange, Is.EqualTo((0.0, 1.0)));
            Assert.That(content.Marks.Select(mark => mark.Label), Is.EqualTo(new[] { "chance", "cat" }));
            Assert.That((content.XLabel, content.YLabel), Is.EqualTo(("false positive rate", "true positive rate")));
            Assert.That(
                Figure.PrecisionRecall<float>([0, 1], [1, 0.5f], "cat").Content().YLabel, Is.EqualTo("precision"));
        }
    }

    [Test]
    public void Curves_are_listed_with_their_areas_and_undefined_ones_by_name_only()
    {
        RocCurve right = RocCurve.Of([0.2f, 0.8f], [false, true]);
        RocCurve none = RocCurve.Of([0.2f, 0.8f], [false, false]);
        PrecisionRecallCurve precise = PrecisionRecallCurve.Of([0.9f, 0.8f, 0.7f], [false, true, true]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Figure.Roc([right, none], ["cat", "dog"]).Content().Marks.Select(mark => mark.Label),
                Is.EqualTo(new[] { "chance", "cat, AUC 1.000", "dog, undefined" }));
            Assert.That(
                Figure.PrecisionRecall([precise], ["cat"]).Content().Marks.Select(mark => mark.Label),
                Is.EqualTo(new[] { "cat, AP 0.583" }));
            Refusal.Of("curves", () => Figure.Roc([], []));
            Refusal.Of("names", () => Figure.Roc([right], ["one", "more"]), "1 names");
        }
    }

    [Test]
    public void A_counted_matrix_is_drawn_like_its_numbers()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add([0, 1, 1], [0, 0, 1]);

        Assert.That(
            Figure.ConfusionMatrix(matrix).Render().Pixels.ToArray(),
            Is.EqualTo(Figure.ConfusionMatrix<int>([1, 1, 0, 1]).Render().Pixels.ToArray()));
    }

    [Test]
    public void Gradient_flow_has_the_mean_in_front_of_the_maximum_on_powers_of_ten()
    {
        Figure figure = Figure.GradientFlow<double>(["conv1.weight", "fc.weight"], [1e-4, 0], [1e-2, 1]);
        (Picture picture, PixelBox area) = Rendered(figure);
        AxisScale scale = figure.Content().Scales().X;
        Color mean = Theme.ColorOf(0);
        Color greatest = Theme.Lighter(mean, 0.6);

        int row = area.Top + (area.Height / 4);
        Color At(double value, int y) => picture[y, area.Left + (int)(scale.Share(value) * area.Width)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(0.9e-4, row), Is.EqualTo(mean));
            Assert.That(At(1.1e-4, row), Is.EqualTo(greatest));
            Assert.That(At(0.9e-2, row), Is.EqualTo(greatest));
            Assert.That(At(1.2e-2, row), Is.Not.EqualTo(greatest));
            Assert.That(At(1e-4, row + (area.Height / 2)), Is.EqualTo(greatest), "no mean");
        }
    }

    [Test]
    public void Numbers_are_in_all_cells_or_in_none()
    {
        var options = new HeatmapOptions { CellFormat = "0", ColorMap = ColorMap.Gray, Range = (-1e9, 0) };
        double[] cells = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.0 : -1)];
        Assert.That(HasText(cells), Is.True);
        cells[7] = -123456789;
        Assert.That(HasText(cells), Is.False);

        bool HasText(double[] values)
        {
            FigureContent content = new Figure().Heatmap<double>(values, 10, 20, options).Content();
            Picture picture = new Figure().Heatmap<double>(values, 10, 20, options).Render();
            PixelBox area = new FigureLayout(content, new PixelBox(0, 0, 640, 480), new Theme(1), 0).Area;
            int cell = area.Width / 20;
            return Enumerable.Range(area.Left + 1, cell - 2).Any(
                x => picture[area.Top + (area.Height / 20), x] != picture[area.Top + 1, area.Left + 1]);
        }
    }

    [Test]
    public void Rare_confusions_of_many_classes_are_visible()
    {
        double[] counts = new double[16 * 16];
        counts[0] = 100;
        counts[1] = 4;
        var many = (HeatmapMark)Figure.ConfusionMatrix<double>(counts).Content().Marks.Single();
        var few = (HeatmapMark)Figure.ConfusionMatrix<double>(counts.AsSpan(0, 225)).Content().Marks.Single();
        Assert.That(many.ColorOf(4), Is.EqualTo(ColorMap.DeepBlues[(int)(0.2 * 256)]), "the square root of 4 %");
        Assert.That(few.ColorOf(4), Is.EqualTo(ColorMap.DeepBlues[(int)(0.04 * 256)]));
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("counts", () => Figure.ConfusionMatrix<int>([1, 2, 3]), "square of", "was 3");
            Refusal.Of("counts", () => Figure.ConfusionMatrix<int>([1, 2, 3, -4]), "-4");
            Refusal.Of("classNames", () => Figure.ConfusionMatrix<int>([1, 2, 3, 4], ["one"]), "2 names");
            Refusal.Of("parameterNames", () => Figure.GradientFlow<double>(["a"], [1, 2], [1, 2]));
            Refusal.Of("format", () => new Figure().Heatmap<int>([1], 1, 1, new HeatmapOptions { CellFormat = "Q" }));
        }
    }

    private static (Picture Picture, PixelBox Area) Rendered(Figure figure) => (
        figure.Render(), new FigureLayout(figure.Content(), new PixelBox(0, 0, 640, 480), new Theme(1), 0).Area);

    private static Color CellAt(Picture picture, PixelBox area, int row, int column, int rows, int columns) => picture[
        area.Top + (int)((row + 0.5) * area.Height / rows), area.Left + (int)((column + 0.5) * area.Width / columns)];

    private static int LevelOf(Color color) =>
        Enumerable.Range(0, 256).First(level => ColorMap.Viridis[level] == color);
}
