using TorchBoard.Drawing;

namespace TorchBoard.Tests.Figures;

internal sealed class CanvasTests
{
    private static readonly Color White = new(255, 255, 255);
    private static readonly Color Black = new(0, 0, 0);

    [Test]
    public void A_level_line_between_pixels_covers_each_by_its_share()
    {
        var canvas = new Canvas(10, 5, White);

        canvas.Stroke([new(-5, 2.25), new(15, 2.25)], 1, Black);

        Assert.That(Column(canvas, 5), Is.EqualTo(new[] { 0, 0.25, 0.75, 0, 0 }).Within(0.003));
    }

    [TestCase(1, 2.5, new double[] { 0, 0, 1, 0, 0 })]
    [TestCase(2, 2.0, new double[] { 0, 1, 1, 0, 0 })]
    [TestCase(3, 2.5, new double[] { 0, 1, 1, 1, 0 })]
    public void A_line_along_pixels_is_crisp(double thickness, double at, double[] coverage)
    {
        var canvas = new Canvas(10, 5, White);

        canvas.Stroke([new(-5, at), new(15, at)], thickness, Black);

        Assert.That(Column(canvas, 5), Is.EqualTo(coverage));
    }

    [Test]
    public void A_slanted_line_has_the_ink_of_its_length_and_width()
    {
        var canvas = new Canvas(60, 60, White);

        canvas.Stroke([new(10, 10), new(50, 40)], 2, Black);

        // 50 long, 2 wide, and a round end of radius 1 on either side.
        Assert.That(Ink(canvas), Is.EqualTo(100 + Math.PI).Within(1));
    }

    [Test]
    public void A_line_over_itself_is_no_darker()
    {
        var once = new Canvas(30, 30, White);
        var often = new Canvas(30, 30, White);

        once.Stroke([new(3, 4), new(27, 22)], 1.5, Black, opacity: 0.5);
        often.Stroke([new(3, 4), new(27, 22), new(3, 4), new(27, 22)], 1.5, Black, opacity: 0.5);

        Assert.That(often.Raster.Pixels, Is.EqualTo(once.Raster.Pixels));
    }

    [Test]
    public void A_polygon_covers_pixels_by_the_area_within()
    {
        var canvas = new Canvas(4, 3, White);
        var triangle = new VectorPath();
        triangle.MoveTo(new(0, 0));
        triangle.LineTo(new(4, 0));
        triangle.LineTo(new(0, 2));
        triangle.Close();

        canvas.Fill(triangle, Black);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Row(canvas, 0), Is.EqualTo(new[] { 1, 1, 0.75, 0.25 }).Within(0.003));
            Assert.That(Row(canvas, 1), Is.EqualTo(new[] { 0.75, 0.25, 0, 0 }).Within(0.003));
            Assert.That(Row(canvas, 2), Is.All.Zero);
        }
    }

    [Test]
    public void A_polygon_larger_than_the_canvas_fills_it_by_the_same_rule()
    {
        var canvas = new Canvas(8, 8, White);
        var diamond = new VectorPath();
        diamond.MoveTo(new(4, -20));
        diamond.LineTo(new(28, 4));
        diamond.LineTo(new(4, 28));
        diamond.LineTo(new(-20, 4));
        diamond.Close();

        canvas.Fill(diamond, Black);

        Assert.That(Ink(canvas), Is.EqualTo(64));
    }

    [Test]
    public void A_hole_stays_empty()
    {
        var canvas = new Canvas(10, 10, White);
        var ring = new VectorPath();
        AddSquare(ring, 1, 9);
        ring.MoveTo(new(3, 3));
        ring.LineTo(new(3, 7));
        ring.LineTo(new(7, 7));
        ring.LineTo(new(7, 3));
        ring.Close();

        canvas.Fill(ring, Black);

        Assert.That(Ink(canvas), Is.EqualTo(64 - 16));
    }

    [Test]
    public void A_disc_has_the_area_of_its_radius()
    {
        var canvas = new Canvas(40, 40, White);

        canvas.FillCircle(new(20.3, 19.6), 12, Black);

        Assert.That(Ink(canvas), Is.EqualTo(Math.PI * 144).Within(1.5));
    }

    [Test]
    public void Nothing_is_drawn_outside_the_clip()
    {
        var canvas = new Canvas(20, 20, White) { Clip = new PixelBox(5, 6, 12, 13) };
        var all = new VectorPath();
        AddSquare(all, -3, 30);

        canvas.Fill(new PixelBox(-100, -100, 100, 100), Black);
        canvas.Fill(all, Black);
        canvas.Stroke([new(0, 0), new(20, 20)], 8, Black);

        Assert.That(Ink(canvas), Is.EqualTo(49));
    }

    [Test]
    public void Dashes_and_gaps_alternate()
    {
        var canvas = new Canvas(40, 5, White);

        canvas.StrokeDashed([new(0, 2.5), new(40, 2.5)], 1, dash: 6, gap: 4, Black);

        double[] row = Row(canvas, 2);
        using (Assert.EnterMultipleScope())
        {
            foreach (int x in new[] { 1, 4, 11, 14, 21, 31 })
                Assert.That(row[x], Is.EqualTo(1), $"{x}");
            foreach (int x in new[] { 8, 18, 28, 38 })
                Assert.That(row[x], Is.Zero, $"{x}");
        }
    }

    [Test]
    public void Opacity_mixes_with_what_is_below()
    {
        var canvas = new Canvas(3, 3, new Color(100, 200, 0));

        canvas.Fill(canvas.Bounds, new Color(200, 0, 50), opacity: 0.25);

        Assert.That(canvas.Raster.Pixels[..3], Is.EqualTo(new byte[] { 125, 150, 13 }));
    }

    private static void AddSquare(VectorPath path, double from, double to)
    {
        path.MoveTo(new(from, from));
        path.LineTo(new(to, from));
        path.LineTo(new(to, to));
        path.LineTo(new(from, to));
        path.Close();
    }

    private static double Coverage(Canvas canvas, int x, int y) => (255 - canvas.Raster.Row(y)[3 * x]) / 255.0;

    private static double[] Row(Canvas canvas, int y) =>
        [.. Enumerable.Range(0, canvas.Raster.Width).Select(x => Coverage(canvas, x, y))];

    private static double[] Column(Canvas canvas, int x) =>
        [.. Enumerable.Range(0, canvas.Raster.Height).Select(y => Coverage(canvas, x, y))];

    private static double Ink(Canvas canvas) =>
        Enumerable.Range(0, canvas.Raster.Height).Sum(y => Row(canvas, y).Sum());
}
