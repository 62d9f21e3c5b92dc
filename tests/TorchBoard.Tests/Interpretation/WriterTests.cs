using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;

namespace TorchBoard.Tests.Interpretation;

internal sealed class WriterTests
{
    [Test]
    public void An_attribution_is_added_as_it_is_drawn()
    {
        Picture picture = Picture.FromPixels(new byte[4], ImageLayout.Hw, [2, 2]);
        var attribution = new Attribution([1, -1, 0, 0], [2, 2]);
        var options = new AttributionPictureOptions { Method = "LIME" };
        byte[] png = Written(writer => writer.AddAttribution("picture", attribution, 7, picture, options));
        Assert.That(png, Is.EqualTo(AttributionPicture.Draw(attribution, picture, options).ToPng()));
    }

    [Test]
    public void A_heat_overlay_is_added_as_it_is_drawn()
    {
        Picture picture = Picture.FromPixels(new byte[4], ImageLayout.Hw, [2, 2]);
        float[] heat = [0, 0.25f, 0.5f, 1];
        byte[] png = Written(writer => writer.AddHeatOverlay("picture", picture, heat, 7, [2, 2], ColorMap.Gray, 0.25f));
        Assert.That(png, Is.EqualTo(picture.WithHeat(heat, [2, 2], ColorMap.Gray, 0.25f).ToPng()));
    }

    [Test]
    public void Channels_of_an_attribution_are_joined_by_their_sum_or_their_maximum()
    {
        var attribution = new Attribution([1, -2, 3, 4, 5, -6, -7, 0], [2, 2, 2]);
        Assert.That(attribution.SumOverChannels().Values.ToArray(), Is.EqualTo(new double[] { 6, -8, -4, 4 }));
        Assert.That(attribution.GreatestOverChannels().Values.ToArray(), Is.EqualTo(new double[] { 5, -2, 3, 4 }));
        Assert.That(attribution.SumOverChannels().Shape.ToArray(), Is.EqualTo(new[] { 2, 2 }));
        Assert.That(
            () => attribution.SumOverChannels().GreatestOverChannels(),
            Throws.InvalidOperationException.With.Message.EqualTo("The shape must be [C, H, W]; was [2, 2]."));
    }

    [Test]
    public void The_last_dimension_of_an_attribution_is_summed_for_each_token()
    {
        var attribution = new Attribution([1, -2, 3, 4, 5, -6], [2, 3])
        {
            Score = 7,
            BaselineScore = 2,
            Delta = 0.5,
            IsInUnitsOfScore = true,
        };
        Attribution tokens = attribution.SumOverLast();
        Assert.That(tokens.Values.ToArray(), Is.EqualTo(new double[] { 2, 3 }));
        Assert.That(tokens.Shape.ToArray(), Is.EqualTo(new[] { 2 }));
        Assert.That((tokens.Score, tokens.BaselineScore, tokens.Delta), Is.EqualTo((7.0, 2.0, 0.5)));
        Assert.That(tokens.IsInUnitsOfScore, Is.True);
        Assert.That(
            () => tokens.SumOverLast(),
            Throws.InvalidOperationException.With.Message.EqualTo("The shape must be [T, D] or longer; was [2]."));
    }

    [Test]
    public void Activations_know_whether_they_have_gradients()
    {
        float[] values = new float[8];
        Assert.That(new LayerActivations(values, [], [2, 2, 2]).HasGradients, Is.False);
        Assert.That(new LayerActivations(values, values, [2, 2, 2]).HasGradients, Is.True);
    }

    [Test]
    public void A_class_activation_map_is_added_as_it_is_drawn()
    {
        Picture picture = Picture.FromPixels(new byte[200 * 300], ImageLayout.Hw, [200, 300]);
        var map = new Attribution([0, 0.5, 1, 0], [2, 2]);
        byte[] png = Written(writer => writer.AddActivationMap("picture", map, picture, 7));
        Assert.That(png, Is.EqualTo(AttributionPicture.DrawActivationMap(map, picture).ToPng()));
    }

    [Test]
    public void Several_attributions_are_added_as_one_picture()
    {
        Picture picture = Picture.FromPixels(new byte[16], ImageLayout.Hw, [4, 4]);
        Attribution[] each = Attribution.ExplainEach(
            new float[32], 2, input => new Attribution(Array.ConvertAll(input, value => value + 1.0), [4, 4]));
        ExplainedPicture[] explained = [.. each.Select(one => new ExplainedPicture(one, picture))];
        byte[] png = Written(writer => writer.AddAttributions("picture", explained, 7, new() { Columns = 1 }));
        Assert.That(png, Is.EqualTo(AttributionPicture.Draw(explained, new() { Columns = 1 }).ToPng()));
    }

    [Test]
    public void The_map_of_a_batch_of_one_is_that_of_a_picture()
    {
        Picture picture = Picture.FromPixels(new byte[200 * 300], ImageLayout.Hw, [200, 300]);
        Attribution scaled = ClassActivationMap.Scale([new Attribution([0, 1, 2, 0], [1, 2, 2])], 200, 300);
        var alone = new Attribution(scaled.Values, [200, 300]);
        Assert.That(scaled.Shape.ToArray(), Is.EqualTo(new[] { 1, 200, 300 }));
        byte[] png = Written(writer => writer.AddActivationMap("picture", scaled, picture, 7));
        Assert.That(png, Is.EqualTo(Written(writer => writer.AddActivationMap("picture", alone, picture, 7))));

        var two = new Attribution([0, 1, 1, 0], [2, 1, 2]);
        Assert.That(
            () => Written(writer => writer.AddActivationMap("picture", two, picture, 7)), Throws.ArgumentException);
    }

    [Test]
    public void An_attribution_of_other_dimensions_is_refused()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory.Path);
        var attribution = new Attribution(new double[16], [2, 2, 2, 2]);
        Assert.That(() => writer.AddAttribution("picture", attribution, 0), Throws.ArgumentException);
    }

    [Test]
    public void Attention_is_drawn_head_by_head_and_as_their_mean_with_its_tokens()
    {
        using var directory = new TestDirectory();
        var attention = new AttentionMaps([1, 0, 0.5f, 0.5f, 0, 1, 0.5f, 0.5f], heads: 2, queries: 2, keys: 2);
        using (var writer = new SummaryWriter(directory.Path))
            writer.AddAttention("layer0", attention, 7, ["the", "cat"]);
        var images = RunLog.Open(directory.Path).Images;
        Assert.That(images.Keys, Is.EquivalentTo(new[] { "layer0/head0", "layer0/head1", "layer0/mean" }));
        Figure expected = new Figure { Title = "Attention, head 1", XLabel = "attended to", YLabel = "attends" }
            .Heatmap([0, 1, 0.5, 0.5], 2, 2, new()
            {
                RowNames = ["the", "cat"],
                ColumnNames = ["the", "cat"],
                Range = (0, 1),
                CellFormat = "0.00",
                SquareCells = true,
                ColorLabel = "weight",
            });
        Assert.That(
            images["layer0/head1"].Values[0][0].Encoded.ToArray(), Is.EqualTo(expected.Render().ToPng()));
    }

    [Test]
    public void Attention_of_one_head_is_one_map_and_cross_attention_names_both_sides()
    {
        using var directory = new TestDirectory();
        var attention = new AttentionMaps([0, 0, 0, 0, 0, 0], heads: 1, queries: 2, keys: 3);
        using var writer = new SummaryWriter(directory.Path);
        writer.AddAttention("cross", attention, 0, ["a", "b"], ["x", "y", "z"]);
        writer.AddAttention("numbers", attention, 0);
        writer.Flush();
        Assert.That(RunLog.Open(directory.Path).Images.Keys, Is.EquivalentTo(new[] { "cross/mean", "numbers/mean" }));
        Assert.That(
            () => writer.AddAttention("cross", attention, 0, ["a"]),
            Throws.ArgumentException.With.Message.Contains("Expected 2 tokens, got").And.Property("ParamName").EqualTo("queries"));
        Assert.That(
            () => writer.AddAttention("cross", attention, 0, ["a", "b"], ["x"]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("keys"));
    }

    private static byte[] Written(Action<SummaryWriter> write)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory.Path))
            write(writer);
        return RunLog.Open(directory.Path).Images["picture"].Values[0][0].Encoded.ToArray();
    }
}
