using TorchBoard.Drawing;
using TorchBoard.Figures;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Figures;

internal sealed class ParallelCoordinatesTests
{
    private static readonly ParallelAxis Rate = ParallelAxis.OfNumbers<double>("lr", [1e-4, 1e-2, 1e-3], logarithmic: true);
    private static readonly ParallelAxis Optimizer = ParallelAxis.OfNames("optimizer", ["sgd", "adam", "sgd"]);
    private static readonly ParallelAxis Accuracy = ParallelAxis.OfNumbers<float>("accuracy", [0.5f, 0.75f, 1]);

    [Test]
    public void There_is_an_axis_for_each_hyperparameter_and_metric()
    {
        FigureContent content = Figure.ParallelCoordinates([Rate, Optimizer, Accuracy]).Content();
        var mark = (ParallelMark)content.Marks.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(content.XNames, Is.EqualTo(new[] { "lr", "optimizer", "accuracy" }));
            Assert.That(content.YNames, Is.Empty);
            Assert.That(content.HasFrame, Is.False);
            Assert.That(content.Title, Is.EqualTo("Trials"));
            Assert.That(mark.Size, Is.EqualTo(9 * sizeof(double)));
        }
    }

    [Test]
    public void Positions_are_linear_logarithmic_or_of_names_from_the_top_with_a_margin()
    {
        double[][] shares = MarkOf([Rate, Optimizer, Accuracy]).Shares();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shares[0], Is.EqualTo(new[] { 0.1 / 2.2, 2.1 / 2.2, 0.5 }).Within(1e-9));
            Assert.That(shares[1], Is.EqualTo(new[] { 0.75, 0.25, 0.75 }).Within(1e-9));
            Assert.That(shares[2], Is.EqualTo(new[] { 0.025 / 0.55, 0.5, 0.525 / 0.55 }).Within(1e-6));
        }
    }

    [Test]
    public void Whole_numbers_have_whole_ticks()
    {
        Axis axis = ParallelAxis.OfNumbers<int>("layers", [1, 2, 4]).Ticked(5);
        Assert.That(axis.Labels, Is.EqualTo(new[] { "1", "2", "3", "4" }));
        Axis rates = Rate.Ticked(5);
        Assert.That(rates.Labels, Does.Contain("10⁻³"));
    }

    [Test]
    public void Missing_values_have_no_position_and_color_lines_gray()
    {
        ParallelAxis rate = ParallelAxis.OfNumbers<double>("lr", [1e-3, 0, -1, double.NaN, 1e-2], logarithmic: true);
        ParallelAxis name = ParallelAxis.OfNames("optimizer", ["adam", null, "sgd", "sgd", "adam"]);
        ParallelAxis loss = ParallelAxis.OfNumbers<double>("loss", [1, 2, double.PositiveInfinity, double.NaN, 3]);
        ParallelMark mark = MarkOf([rate, name, loss]);
        double[][] shares = mark.Shares();
        Color[] colors = ParallelMark.TrialColors(shares[2]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shares[0].Select(double.IsNaN), Is.EqualTo(new[] { false, true, true, true, false }));
            Assert.That(shares[1].Select(double.IsNaN), Is.EqualTo(new[] { false, true, false, false, false }));
            Assert.That(shares[2].Select(double.IsNaN), Is.EqualTo(new[] { false, false, true, true, false }));
            Assert.That((colors[2], colors[3]), Is.EqualTo((Theme.Missing, Theme.Missing)));
            Assert.That(colors[0], Is.EqualTo(ColorMap.Viridis[0]));
        }
    }

    [Test]
    public void A_line_ends_before_a_missing_value_and_a_value_alone_is_a_dot()
    {
        double nan = double.NaN;
        Figure figure = Figure.ParallelCoordinates(
        [
            ParallelAxis.OfNumbers<double>("a", [0.3, 0, 2]), ParallelAxis.OfNumbers<double>("b", [nan, nan, nan]),
            ParallelAxis.OfNumbers<double>("c", [0.3, 1.9, nan]), ParallelAxis.OfNumbers<double>("d", [nan, nan, nan]),
        ]);

        // Without a value that colors them, the dots are gray; nothing crosses the axis without values.
        Picture picture = figure.Render();
        Assert.That(Colored(picture, 0.0, 0.28, Theme.Missing), Is.True);
        Assert.That(Colored(picture, 0.28, 0.48, Theme.Missing), Is.False);
        Assert.That(Colored(picture, 0.55, 0.75, Theme.Missing), Is.True);
    }

    [Test]
    public void A_chosen_axis_colors_the_lines()
    {
        var mark = MarkOf([Rate, Optimizer, Accuracy], "lr");
        Color[] colors = ParallelMark.TrialColors(mark.Shares()[0]);
        Picture byRate = Figure.ParallelCoordinates([Rate, Optimizer, Accuracy], "lr").Render();
        Picture byAccuracy = Figure.ParallelCoordinates([Rate, Optimizer, Accuracy]).Render();
        Assert.That(colors[0], Is.EqualTo(ColorMap.Viridis[0]));
        Assert.That(colors.Distinct().Count(), Is.EqualTo(3));
        Assert.That(byRate.Pixels.SequenceEqual(byAccuracy.Pixels), Is.False);
    }

    [Test]
    public void Trials_can_be_none_one_all_missing_or_equal()
    {
        Figure[] figures =
        [
            Figure.ParallelCoordinates([ParallelAxis.OfNumbers<int>("a", []), ParallelAxis.OfNames("b", [])]),
            Figure.ParallelCoordinates([ParallelAxis.OfNumbers<int>("a", [1]), ParallelAxis.OfNames("b", ["x"])]),
            Figure.ParallelCoordinates(
                [ParallelAxis.OfNumbers<double>("a", [double.NaN, 0], true), ParallelAxis.OfNames("b", [null, null])]),
            Figure.ParallelCoordinates(
                [ParallelAxis.OfNumbers<double>("a", [2, 2, 2]), ParallelAxis.OfNumbers<double>("b", [1e308, 1e308, -1e308])]),
        ];
        foreach (Figure figure in figures)
            Assert.That(figure.Render(64, 64), Is.Not.Null);
    }

    [Test]
    public void Invalid_axes_are_refused()
    {
        ParallelAxis two = ParallelAxis.OfNumbers<int>("two", [1, 2]);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("axes", () => Figure.ParallelCoordinates(null!));
            Refusal.Of("axes", () => Figure.ParallelCoordinates([Rate]), "at least two axes");
            Refusal.Of("axes", () => Figure.ParallelCoordinates([Rate, null!]), "no axis may be null");
            Refusal.Of("axes", () => Figure.ParallelCoordinates([Rate, two]), "'lr' has 3, 'two' has 2");
            Refusal.Of("axes", () => Figure.ParallelCoordinates([Rate, Accuracy, Rate]), "Two axes have the name 'lr'");
            Refusal.Of(
                "colorBy", () => Figure.ParallelCoordinates([Rate, Accuracy], "loss"), "'loss'", "there are lr, accuracy");
            Refusal.Of("name", () => ParallelAxis.OfNumbers<int>(null!, [1]));
            Refusal.Of("values", () => ParallelAxis.OfNames("a", null!));
        }
    }

    private static ParallelMark MarkOf(ParallelAxis[] axes, string? colorBy = null) =>
        (ParallelMark)Figure.ParallelCoordinates(axes, colorBy).Content().Marks.Single();

    private static bool Colored(Picture picture, double from, double to, Color color)
    {
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = (int)(from * picture.Width); x < to * picture.Width; x++)
            {
                if (picture[y, x] == color)
                    return true;
            }
        }

        return false;
    }
}
