using TorchBoard;
using TorchBoard.Imaging;

namespace Dashboards;

/// <summary>
/// Logs handwritten digits in a grid, a page of them with a box around each, and the plane as a classifier divides it
/// during training.
/// </summary>
internal static class ImageDashboard
{
    private const int PlaneSide = 160;
    private const double PlaneReach = 3.5;

    public static void Write(SummaryWriter writer, Digits digits)
    {
        const int shown = 64;
        writer.Describe("digits/grid", "Handwritten digits", "The first 64 of the data set, eight in a row.");
        writer.AddImages(
            "digits/grid", digits.Pixels.AsSpan(0, shown * Digits.Size), 0, ImageLayout.Nhw,
            [shown, Digits.Side, Digits.Side]);

        writer.Describe(
            "digits/page", "A page with boxes", "Each digit enlarged, and a box around its ink with its label.");
        WritePage(writer, digits);
    }

    /// <summary>
    /// Draws the class probabilities at every point of the plane as red, green and blue, and the items.
    /// </summary>
    public static void WritePlane(SummaryWriter writer, SoftmaxRegression model, int step)
    {
        float[] pixels = new float[PlaneSide * PlaneSide * SoftmaxRegression.Classes];
        int to = 0;
        for (int row = 0; row < PlaneSide; row++)
        {
            for (int column = 0; column < PlaneSide; column++)
            {
                foreach (double probability in model.Probabilities(Position(column), -Position(row)))
                    pixels[to++] = (float)probability;
            }
        }

        for (int i = 0; i < model.Labels.Length; i++)
        {
            (double x, double y) = model.Points[i];
            (int column, int row) = (Pixel(x), Pixel(-y));
            if (column is < 0 or >= PlaneSide || row is < 0 or >= PlaneSide)
                continue;
            for (int c = 0; c < SoftmaxRegression.Classes; c++)
                pixels[(((row * PlaneSide) + column) * SoftmaxRegression.Classes) + c] = model.Labels[i] == c ? 1 : 0;
        }

        writer.AddImage(
            "classes/plane", pixels, step, ImageLayout.Hwc, [PlaneSide, PlaneSide, SoftmaxRegression.Classes]);
    }

    private static double Position(int pixel) => PlaneReach * ((2.0 * pixel / (PlaneSide - 1)) - 1);

    private static int Pixel(double position) => (int)Math.Round(((position / PlaneReach) + 1) * (PlaneSide - 1) / 2);

    private static void WritePage(SummaryWriter writer, Digits digits)
    {
        const int columns = 6;
        const int rows = 4;
        const int scale = 6;
        const int cell = (Digits.Side * scale) + 16;
        const int width = columns * cell;
        float[] page = new float[rows * cell * width];
        var boxes = new List<BoundingBox>();
        for (int i = 0; i < rows * columns; i++)
        {
            (int left, int top) = ((i % columns * cell) + 8, (i / columns * cell) + 12);
            ReadOnlySpan<float> picture = digits.Picture(i);
            for (int y = 0; y < Digits.Side * scale; y++)
            {
                for (int x = 0; x < Digits.Side * scale; x++)
                    page[((top + y) * width) + left + x] = picture[(y / scale * Digits.Side) + (x / scale)];
            }

            (int first, int last) = InkColumns(picture);
            boxes.Add(new BoundingBox(
                left + (first * scale), top, left + ((last + 1) * scale), top + (Digits.Side * scale),
                $"{digits.Labels[i]}"));
        }

        writer.AddImageWithBoxes("digits/page", page, [.. boxes], 0, ImageLayout.Hw, [rows * cell, width]);
    }

    // A digit fills all rows of its picture, but not all columns.
    private static (int First, int Last) InkColumns(ReadOnlySpan<float> picture)
    {
        (int first, int last) = (Digits.Side, 0);
        for (int i = 0; i < picture.Length; i++)
        {
            if (picture[i] > 0)
                (first, last) = (Math.Min(first, i % Digits.Side), Math.Max(last, i % Digits.Side));
        }

        return (first, last);
    }
}
