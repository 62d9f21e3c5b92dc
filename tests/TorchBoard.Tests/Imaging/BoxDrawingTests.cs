using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class BoxDrawingTests
{
    private static readonly Color Red = new(255, 0, 0);

    [Test]
    public void A_box_is_an_outline_whose_edges_are_the_ones_given()
    {
        Raster drawn = BoxDrawing.Draw(new Raster(8, 6, 1), [new BoundingBox(2, 1, 5, 4, Color: Red)]);

        Assert.That(
            Marks(drawn),
            Is.EqualTo(
                """
                ........
                ..####..
                ..#..#..
                ..#..#..
                ..####..
                ........
                """));
    }

    [Test]
    public void Boxes_are_clipped_at_the_edges_of_the_picture()
    {
        Raster drawn = BoxDrawing.Draw(new Raster(4, 3, 3), [new BoundingBox(-1e30f, 1, 1, 1e30f, Color: Red)]);
        Assert.That(Marks(drawn), Is.EqualTo("....\n##..\n.#..".ReplaceLineEndings()));
    }

    [Test]
    public void A_label_stands_above_its_box_in_letters()
    {
        Raster drawn = BoxDrawing.Draw(new Raster(20, 20, 3), [new BoundingBox(0, 15, 19, 19, "1", Red)]);

        // On red, text is white.
        string[] rows = [.. Enumerable.Range(1, 14).Select(y => string.Concat(
            Enumerable.Range(0, 8).Select(x => drawn.Row(y)[(x * 3) + 1] > 127 ? '#' : '.')))];
        Assert.That(
            string.Join('\n', rows.Select(row => row.TrimEnd('.'))).Trim('\n'),
            Is.EqualTo("...###\n.....#\n.....#\n.....#\n.....#\n.....#\n.....#\n...#####"));
    }

    [Test]
    public void Gray_pictures_become_colored_and_keep_their_grays()
    {
        Raster drawn = BoxDrawing.Draw(new Raster(2, 1, 1, [7, 9]), []);
        Assert.That(drawn.Pixels, Is.EqualTo(new byte[] { 7, 7, 7, 9, 9, 9 }));
    }

    [TestCase(5, 0, 4, 1)]
    [TestCase(0, 5, 1, 4)]
    [TestCase(float.NaN, 0, 1, 1)]
    [TestCase(0, 0, float.PositiveInfinity, 1)]
    public void A_box_that_ends_before_it_begins_is_refused(float left, float top, float right, float bottom) =>
        Assert.That(
            () => BoxDrawing.ThrowIfInvalid([new BoundingBox(left, top, right, bottom)]),
            Throws.ArgumentException.With.Message.Contains("box 0"));

    private static string Marks(Raster raster) => string.Join(
        Environment.NewLine,
        Enumerable.Range(0, raster.Height).Select(y => string.Concat(
            Enumerable.Range(0, raster.Width).Select(x => raster.Row(y)[x * 3] == 255 ? '#' : '.'))));
}
