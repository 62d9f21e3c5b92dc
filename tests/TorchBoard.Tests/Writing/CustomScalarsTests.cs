using TorchBoard.CustomScalars;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Writing;

internal sealed class CustomScalarsTests
{
    [Test]
    public void A_layout_is_one_string_of_categories_and_charts()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddCustomScalars(new CustomScalarsLayout(
                new ChartCategory(
                    "Losses",
                    new MultilineChart("All", "loss/train", "loss/val [new] 1.0"),
                    MultilineChart.Matching("Any", "loss/.*")),
                new ChartCategory("Bands",
                    new MarginChart("Accuracy", new MarginSeries("acc", "acc/low", "acc/high")))
                { Closed = true }));
        }

        Summary.Types.Value value = WrittenEvents.Single(directory, "custom_scalars__config__");
        Layout layout = Layout.Parser.ParseFrom(value.Tensor.StringVal.Single());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (value.Metadata.PluginData.PluginName, value.Metadata.DataClass),
                Is.EqualTo(("custom_scalars", DataClass.Tensor)));
            Assert.That(value.Tensor.Dtype, Is.EqualTo(DataType.DtString));
            Assert.That(value.Tensor.TensorShape.Dim, Is.Empty);
            Assert.That(
                layout.Category.Select(c => (c.Title, c.Closed)),
                Is.EqualTo(new[] { ("Losses", false), ("Bands", true) }));
            Assert.That(layout.Category[0].Chart.Select(c => c.Title), Is.EqualTo(new[] { "All", "Any" }));
            Assert.That(
                layout.Category[0].Chart[0].Multiline.Tag,
                Is.EqualTo(new[] { "^loss/train$", @"^loss/val\ \[new]\ 1\.0$" }));
            Assert.That(layout.Category[0].Chart[1].Multiline.Tag, Is.EqualTo(new[] { "loss/.*" }));
            MarginChartContent.Types.Series series = layout.Category[1].Chart[0].Margin.Series.Single();
            Assert.That((series.Value, series.Lower, series.Upper), Is.EqualTo(("acc", "acc/low", "acc/high")));
        }
    }

    [Test]
    public void Empty_layouts_are_rejected()
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("categories", () => _ = new CustomScalarsLayout(), "at least one category");
            Refusal.Of("charts", () => _ = new ChartCategory("c"), "at least one chart");
            Refusal.Of("title", () => _ = new ChartCategory("", new MultilineChart("m", "t")));
            Refusal.Of("tags", () => _ = new MultilineChart("m"), "at least one tag");
            Refusal.Of("tags", () => _ = new MultilineChart("m", ""));
            Refusal.Of("tags", () => _ = new MultilineChart("m", "loss (new)"), "loss (new)", "cannot draw");
            Refusal.Of(
                "series", () => _ = new MarginChart("m", new MarginSeries("loss (new)", "a", "b")), "cannot draw");
            Refusal.Of("patterns", () => MultilineChart.Matching("m", "loss/("), "loss/(");
            Refusal.Of("series", () => _ = new MarginChart("m"), "at least one series");
            Refusal.Of("series", () => _ = new MarginChart("m", new MarginSeries("a", "b", null!)));
        }
    }
}
