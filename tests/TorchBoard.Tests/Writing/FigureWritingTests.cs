using TorchBoard.Figures;
using TorchBoard.Protos;
using TorchBoard.Tests.Imaging;

namespace TorchBoard.Tests.Writing;

internal sealed class FigureWritingTests
{
    [Test]
    public void A_figure_is_written_as_its_picture()
    {
        using var directory = new TestDirectory();
        Figure figure = new Figure { Title = "Loss" }.Line<double>([3, 2, 1], "train");
        using (var writer = new SummaryWriter(directory))
            writer.AddFigure("plot", figure, 7, width: 320, height: 200, scale: 2);

        Summary.Types.Image image = WrittenEvents.Single(directory, "plot").Image;
        Assert.That((image.Width, image.Height, image.Colorspace), Is.EqualTo((640, 400, 3)));
        Assert.That(
            PngReader.Decode(image.EncodedImageString.ToByteArray()).Pixels,
            Is.EqualTo(figure.Render(320, 200, 2).Pixels.ToArray()));
    }

    [Test]
    public void Later_changes_of_a_figure_are_not_in_the_run()
    {
        using var directory = new TestDirectory();
        double[] values = [1, 2, 3];
        Figure figure = new Figure().Line<double>(values);
        byte[] before = figure.Render().Pixels.ToArray();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddFigure("plot", figure, 0);
            values[1] = -50;
            figure.Line<double>([9, 9, 9]);
        }

        byte[] png = WrittenEvents.Single(directory, "plot").Image.EncodedImageString.ToByteArray();
        Assert.That(PngReader.Decode(png).Pixels, Is.EqualTo(before));
    }

    [Test]
    public void Invalid_arguments_are_rejected_at_once()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("tag", () => writer.AddFigure("", new Figure(), 0));
            Refusal.Of("figure", () => writer.AddFigure("f", null!, 0));
            Refusal.Of("scale", () => writer.AddFigure("f", new Figure(), 0, scale: 0), "between 1 and 8");
            Assert.That(
                () => writer.AddFigure("f", new Figure { LogarithmicY = true, YRange = (-1, 1) }, 0),
                Throws.ArgumentException);
        }
    }
}
