using TorchBoard.Drawing;
using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;

namespace TorchBoard.Tests.Panels;

/// <summary>
/// An 8×8 picture has panels of 224×224 at (10, 56) and (241, 56) below a title of two lines, and a color bar from
/// 471 to 485.
/// </summary>
internal sealed class AttributionPictureTests
{
    private const int Top = 56;
    private const int Left = 10;
    private const int Second = 241;
    private const int Side = 224;
    private const int Bar = 478;

    private static readonly int[] Shape = [8, 8];
    private static readonly AttributionPictureOptions Named = new() { Method = "LIME", Class = "seven", Score = 8 };
    private static readonly Picture White = Filled(255);

    [Test]
    public void Small_pictures_are_enlarged_by_squares_beside_their_explanation()
    {
        byte[] pixels = new byte[64];
        pixels[9] = 200;
        Picture drawn = AttributionPicture.Draw(
            Even(1), Picture.FromPixels(pixels, ImageLayout.Hw, Shape), Named);
        Assert.That(drawn.Height, Is.EqualTo(Top + Side + 10));
        Assert.That(drawn[Top + 28, Left + 28], Is.EqualTo(new Color(200, 200, 200)));
        Assert.That(drawn[Top + 55, Left + 55], Is.EqualTo(new Color(200, 200, 200)));
        Assert.That(drawn[Top + 27, Left + 27], Is.EqualTo(new Color(0, 0, 0)));
        Assert.That(drawn[Top + 56, Left + 56], Is.EqualTo(new Color(0, 0, 0)));
    }

    [Test]
    public void Large_pictures_keep_their_size()
    {
        Picture picture = Picture.FromPixels(new byte[300 * 400], ImageLayout.Hw, [300, 400]);
        Picture drawn = AttributionPicture.Draw(new Attribution(new double[300 * 400], [300, 400]), picture);
        var theme = PanelTheme.Of(800);
        Assert.That(drawn.Height, Is.EqualTo(300 + (2 * theme.Padding)), "no title, no room for one");
    }

    [Test]
    public void Method_class_and_score_stand_above()
    {
        Picture drawn = AttributionPicture.Draw(Even(1), White, Named);
        var canvas = new Canvas(drawn.Width, Top, Theme.Background);
        var theme = new PanelTheme(1);
        theme.Title.Draw(canvas, "LIME", new(Left, 10), TextAnchor.Start, TextAnchor.End);
        theme.Text.Draw(canvas, "seven · score 8", new(Left, 32), TextAnchor.Start, TextAnchor.End);
        Assert.That(
            drawn.Crop(0, 0, Top - 1, Bar - 10).Pixels.ToArray(),
            Is.EqualTo(new Picture(canvas.Raster).Crop(0, 0, Top - 1, Bar - 10).Pixels.ToArray()));
    }

    [Test]
    public void The_color_bar_has_the_ends_of_the_map_and_numbers_in_units_of_the_score()
    {
        Attribution attribution = One(2, -1, isInUnitsOfScore: true);
        Picture drawn = AttributionPicture.Draw(attribution, White, Named with { ScaleEnd = 2 });
        Assert.That(drawn[Top, Bar], Is.EqualTo(new Color(0, 128, 0)));
        Assert.That(drawn[Top + (Side / 2), Bar].Red, Is.InRange(250, 255));
        Assert.That(drawn[Top + (Side / 2), Bar].Green, Is.InRange(250, 255));
        Assert.That(drawn[Top + Side - 1, Bar], Is.EqualTo(new Color(255, 0, 0)));

        // 1 of −2 to 2 is at three quarters of the height.
        var canvas = new Canvas(drawn.Width, drawn.Height, Theme.Background);
        new PanelTheme(1).Text.Draw(canvas, "1", new(495, Top + 56), TextAnchor.Start, TextAnchor.Middle);
        for (int y = Top + 48; y < Top + 64; y++)
        {
            for (int x = 495; x < 504; x++)
                Assert.That(drawn[y, x], Is.EqualTo(new Picture(canvas.Raster)[y, x]), $"{x}, {y}");
        }
    }

    [Test]
    public void Values_that_are_negligible_relative_to_the_score_look_negligible()
    {
        Attribution lime = One(0.0025, -0.0025, isInUnitsOfScore: true, score: 1.5);
        Assert.That(AttributionScale.Least(lime), Is.EqualTo(2 * 1.5 / 64));
        Picture drawn = AttributionPicture.Draw(lime, White, Named);
        Assert.That(drawn[Top + 5, Second + 5], Is.EqualTo(ColorMap.RedWhiteGreen.Of(0.0025f * 64 / 3)));
        Assert.That(drawn[Top + 5, Second + 5].Red, Is.GreaterThan(235), "hardly green");

        Picture relative = AttributionPicture.Draw(One(0.0025, -0.0025, isInUnitsOfScore: false, 1.5), White, Named);
        Assert.That(relative[Top + 5, Second + 5], Is.EqualTo(new Color(0, 128, 0)), "a gradient has no such scale");
    }

    [Test]
    public void A_score_that_all_pixels_share_evenly_is_seen()
    {
        Picture drawn = AttributionPicture.Draw(Even(0.125), White, Named);
        Assert.That(drawn[Top + 5, Second + 5], Is.EqualTo(ColorMap.RedWhiteGreen.Of(0.5f)));
    }

    [Test]
    public void The_difference_to_the_baseline_counts_and_so_do_features_of_many_pixels()
    {
        var attribution = new Attribution(new double[64], Shape)
        {
            Score = 1,
            BaselineScore = -3,
            IsInUnitsOfScore = true,
        };
        Assert.That(AttributionScale.Least(attribution), Is.EqualTo(8.0 / 64));
        Attribution ablated = FeatureAblation.Explain(
            (_, count, scores) => scores[..count].Fill(10), new float[64], Shape,
            new FeatureOptions { Groups = [.. Enumerable.Range(0, 64).Select(i => i / 16)] });
        Assert.That(AttributionScale.Least(ablated), Is.EqualTo(5), "two of four shares of 10");
    }

    [Test]
    public void A_pixel_that_is_varied_as_a_whole_counts_once_and_not_once_a_channel()
    {
        double[] plane = [1, -2, 0, 0];
        var attribution = new Attribution([.. plane, .. plane, .. plane], [3, 2, 2]) { IsInUnitsOfScore = true };
        (float[] values, int[] shape) = AttributionScale.Shown(attribution);
        Assert.That(values, Is.EqualTo(new[] { 1f, -2, 0, 0 }));
        Assert.That(shape, Is.EqualTo(new[] { 2, 2 }));
    }

    [Test]
    public void The_picture_below_is_pale_and_the_strongest_colors_are_those_of_the_bar()
    {
        Picture black = Filled(0);
        Picture drawn = AttributionPicture.Draw(One(1, -1, isInUnitsOfScore: false), black, Named);
        Assert.That(drawn[Top + 5, Second + 200], Is.EqualTo(new Color(153, 153, 153)), "nothing speaks there");
        Assert.That(drawn[Top + 5, Second + 5], Is.EqualTo(new Color(0, 115, 0)), "nine tenths of the bar's green");
        Picture bright = AttributionPicture.Draw(One(1, -1, isInUnitsOfScore: false), White, Named);
        Assert.That(bright[Top + 5, Second + 5], Is.EqualTo(new Color(0, 128, 0)));
    }

    [Test]
    public void A_class_activation_map_is_white_where_it_is_zero_and_dark_red_at_its_end()
    {
        double[] values = new double[64];
        values[0] = 1;
        Picture drawn = AttributionPicture.DrawActivationMap(new Attribution(values, [1, 8, 8]), White, Named);
        Assert.That(drawn[Top + 5, Second + 5], Is.EqualTo(new Color(128, 0, 0)));
        Assert.That(drawn[Top + 5, Second + 200], Is.EqualTo(new Color(255, 255, 255)));
        Assert.That(drawn[Top, Bar], Is.EqualTo(new Color(128, 0, 0)));
        Assert.That(drawn[Top + Side - 1, Bar], Is.EqualTo(new Color(255, 255, 255)));
    }

    [Test]
    public void An_attribution_of_zeros_is_drawn_without_colors_and_says_so()
    {
        Picture drawn = AttributionPicture.Draw(new Attribution(new double[64], Shape), White, Named);
        var canvas = new Canvas(Side, Side, Theme.Background);
        new PanelTheme(1).Text.Draw(
            canvas, "all zero", new(Side / 2, Side / 2), TextAnchor.Middle, TextAnchor.Middle);
        Picture panel = drawn.Crop(Top, Second, Side, Side);
        Assert.That(panel.Pixels.ToArray(), Is.EqualTo(canvas.Raster.Pixels));
    }

    [Test]
    public void Without_the_picture_beside_it_stands_alone()
    {
        Picture both = AttributionPicture.Draw(Even(1), White, Named);
        Picture alone = AttributionPicture.Draw(Even(1), White, Named with { ShowPicture = false });
        Assert.That(both.Width - alone.Width, Is.EqualTo(Side + 7));
    }

    [Test]
    public void Several_pictures_form_a_grid_with_captions_on_one_scale()
    {
        ExplainedPicture[] explained = [new(Even(1), White, "one"), new(Even(2), White, "two", 2), new(Even(4), White)];
        Picture drawn = AttributionPicture.Draw(explained, new AttributionPictureOptions { Method = "LIME" });
        var theme = PanelTheme.Of(2 * Side);
        int captions = (int)Math.Ceiling(theme.Text.LineHeight);
        int top = 10 + 22 + 6 + captions;
        Assert.That(drawn.Height, Is.EqualTo(top + (2 * Side) + captions + 7 + 10));
        Assert.That(drawn[top + 5, Left + 5], Is.EqualTo(ColorMap.RedWhiteGreen.Of(0.25f)));
        Assert.That(drawn[top + 5, Second + 5], Is.EqualTo(ColorMap.RedWhiteGreen.Of(0.5f)));
        Assert.That(drawn[top + captions + Side + 7 + 5, Left + 5], Is.EqualTo(new Color(0, 128, 0)));
        var canvas = new Canvas(drawn.Width, drawn.Height, Theme.Background);
        theme.Text.Draw(canvas, "two · 2", new(Second, top - theme.Text.LineHeight), TextAnchor.Start, TextAnchor.End);
        Assert.That(
            drawn.Crop(top - captions, Second, captions - 1, Side).Pixels.ToArray(),
            Is.EqualTo(new Picture(canvas.Raster).Crop(top - captions, Second, captions - 1, Side).Pixels.ToArray()));
    }

    [Test]
    public void The_columns_of_a_grid_can_be_chosen()
    {
        ExplainedPicture[] explained = [new(Even(1), White), new(Even(2), White), new(Even(4), White)];
        Picture row = AttributionPicture.Draw(explained, new AttributionPictureOptions { Columns = 3 });
        Picture column = AttributionPicture.Draw(explained, new AttributionPictureOptions { Columns = 1 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.Width, Is.GreaterThan(3 * Side));
            Assert.That(row.Height, Is.LessThan(2 * Side));
            Assert.That(column.Width, Is.LessThan(2 * Side));
            Assert.That(column.Height, Is.GreaterThan(3 * Side));
            Assert.That(
                () => new AttributionPictureOptions { Columns = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public void A_vector_has_a_bar_for_each_feature_the_greatest_first()
    {
        var attribution = new Attribution([0.5, -2, 1]) { Score = 4, IsInUnitsOfScore = true };
        Picture drawn = AttributionPicture.Draw(
            attribution, options: new() { Method = "SHAP", Class = "cat", FeatureNames = ["age", "size", "tail"] });
        Picture expected = new Figure { Title = "SHAP · cat · score 4", XLabel = "contribution to the score" }
            .SignedBars<double>(["size", "tail", "age"], [-2, 1, 0.5]).Render();
        Assert.That(drawn.Pixels.ToArray(), Is.EqualTo(expected.Pixels.ToArray()));
    }

    [Test]
    public void Of_many_features_the_rest_is_one_bar()
    {
        double[] values = [.. Enumerable.Range(1, 30).Select(i => (double)i)];
        string[] names = [.. Enumerable.Range(0, 19).Select(i => $"feature {29 - i}"), "sum of 11 others"];
        double[] bars = [.. Enumerable.Range(0, 19).Select(i => 30.0 - i), 66];
        Picture drawn = AttributionPicture.Draw(new Attribution(values) { IsInUnitsOfScore = true });
        Picture expected = new Figure { XLabel = "contribution to the score" }.SignedBars<double>(names, bars).Render();
        Assert.That(drawn.Pixels.ToArray(), Is.EqualTo(expected.Pixels.ToArray()));
    }

    [Test]
    public void Arguments_that_do_not_match_each_other_are_refused()
    {
        Assert.That(
            () => AttributionPicture.Draw(new Attribution([1, 2]), options: new() { FeatureNames = ["a"] }),
            Throws.ArgumentException.With.Message.Contains("2 feature names"));
        Assert.That(
            () => AttributionPicture.Draw(new Attribution(new double[4], [2, 2]), White),
            Throws.ArgumentException.With.Message.Contains("8 × 8"));
        Assert.That(
            () => AttributionPicture.DrawActivationMap(new Attribution(new double[8], [2, 2, 2]), White),
            Throws.ArgumentException.With.Message.Contains("[2, 2, 2]"));
        Assert.That(() => new AttributionPictureOptions { ScaleEnd = 0 }, Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new AttributionPictureOptions { Sign = (AttributionSign)9 }, Throws.InstanceOf<ArgumentException>());
    }

    private static Picture Filled(byte level)
    {
        byte[] pixels = new byte[64];
        Array.Fill(pixels, level);
        return Picture.FromPixels(pixels, ImageLayout.Hw, Shape);
    }

    private static Attribution Even(double value)
    {
        double[] values = new double[64];
        Array.Fill(values, value);
        return new Attribution(values, Shape) { Score = 8, IsInUnitsOfScore = true };
    }

    private static Attribution One(double first, double last, bool isInUnitsOfScore, double score = 0)
    {
        double[] values = new double[64];
        (values[0], values[^1]) = (first, last);
        return new Attribution(values, Shape) { Score = score, IsInUnitsOfScore = isInUnitsOfScore };
    }
}
