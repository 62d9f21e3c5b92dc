using TorchBoard.Drawing;
using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Panels;

namespace TorchBoard.Tests.Panels;

internal sealed class CaptionedGridTests
{
    private static readonly byte[] TwoPictures = [.. new byte[64], .. Enumerable.Repeat((byte)255, 64)];

    [Test]
    public void Each_picture_of_a_grid_has_its_lines_above_it()
    {
        Picture grid = ImageGrid.Draw(
            TwoPictures, ImageLayout.Nhw, [2, 8, 8], new() { Captions = ["true 3\npredicted 8", "true 4"] });

        // Pictures of 96 × 96 below two lines of 17.6 pixels, 7 pixels apart.
        Assert.That((grid.Width, grid.Height), Is.EqualTo((10 + 96 + 7 + 96 + 10, 10 + 36 + 96 + 10)));
        Assert.That(grid[46, 10], Is.EqualTo(new Color(0, 0, 0)));
        Assert.That(grid[46 + 95, 10 + 95], Is.EqualTo(new Color(0, 0, 0)));
        Assert.That(grid[46, 113], Is.EqualTo(new Color(255, 255, 255)));
        var canvas = new Canvas(grid.Width, grid.Height, Theme.Background);
        TextStyle text = new PanelTheme(1).Text;
        text.Draw(canvas, "true 3", new(10, 46 - (2 * text.LineHeight)), TextAnchor.Start, TextAnchor.End);
        text.Draw(canvas, "predicted 8", new(10, 46 - text.LineHeight), TextAnchor.Start, TextAnchor.End);
        text.Draw(canvas, "true 4", new(113, 46 - text.LineHeight), TextAnchor.Start, TextAnchor.End);
        int above = 3 * grid.Width * 45;
        Assert.That(grid.Pixels[..above].ToArray(), Is.EqualTo(canvas.Raster.Pixels[..above]));
    }

    [Test]
    public void There_is_a_caption_for_each_picture()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory.Path);
        Assert.That(
            () => writer.AddImages(
                "mistakes", TwoPictures, 0, ImageLayout.Nhw, [2, 8, 8], new ImageGridOptions { Captions = ["one"] }),
            Throws.ArgumentException.With.Message.Contains("Expected 2 captions"));
    }

    [Test]
    public void A_grid_with_captions_is_added_as_it_is_drawn()
    {
        using var directory = new TestDirectory();
        var options = new ImageGridOptions { Captions = ["3", "4"] };
        using (var writer = new SummaryWriter(directory.Path))
            writer.AddImages("mistakes", TwoPictures, 0, ImageLayout.Nhw, [2, 8, 8], options);
        Assert.That(
            RunLog.Open(directory.Path).Images["mistakes"].Values[0][0].Encoded.ToArray(),
            Is.EqualTo(ImageGrid.Draw(TwoPictures, ImageLayout.Nhw, [2, 8, 8], options).ToPng()));
    }
}
