using System.Collections.Concurrent;
using Microsoft.Playwright;
using TorchBoard.CustomScalars;
using TorchBoard.Embeddings;
using TorchBoard.Graphs;
using TorchBoard.Imaging;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests.Kinds;

/// <summary>All sections for people with disabilities, on small and large screens, in both languages.</summary>
internal sealed class KindAppearanceTests : PageTest
{
    private static readonly string[] Tabs =
        ["images", "histograms", "texts", "audios", "prcurves", "graphs", "embeddings", "meshes", "other"];

    [SetUp]
    public void Write()
    {
        // Of a browser that draws meshes without a graphics card.
        ExpectedFaults.Add("GPU stall");
        foreach (string run in (string[])["a", "b"])
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, run));
            for (int step = 0; step < 3; step++)
            {
                writer.AddImage<byte>("p/picture", new byte[64], step, ImageLayout.Hw, [8, 8]);
                writer.AddHistogram<float>("p/weights", [1, 2, 3, 4 + step], step);
                writer.AddText("p/notes", "# Title\n\n*text* [link](https://example.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |", step);
                writer.AddAudio<float>("p/clip", new float[800], step, 8000);
                writer.AddPrCurve<float>("p/curve", [true, false], [0.9f, 0.3f], step, 11);
                writer.AddMesh<float>("p/shape", [0, 0, 0, 1, 0, 0, 0, 1, 0], step, faces: [0, 1, 2]);
            }

            writer.AddGraph(new GraphBuilder().Add("x", "Placeholder").Add("net/a", "Op", "x").Add("net/b", "Op", "net/a").Build());
            writer.AddEmbedding<float>("e", [1, 0, 0, 1, 1, 1], 0, 2, new EmbeddingOptions { Labels = ["a", "b", "c"] });
            writer.AddCustomScalars(new CustomScalarsLayout([new ChartCategory("c", [new MultilineChart("m", ["loss"])])]));
        }

        Serve();
    }

    [Test]
    public async Task No_section_has_a_violation_that_axe_finds([Values] bool dark, [Values(1280, 320)] int width)
    {
        IPage page = await OpenAsync("", new()
        {
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 800 },
        });
        foreach (string tab in Tabs)
        {
            await ShowAsync(page, tab);
            Assert.That(await Axe.ViolationsAsync(page), Is.Empty, tab);
            await ExpectToFitAsync(page, $"{tab} is wider than the window");
        }
    }

    [Test]
    public async Task Every_text_is_in_both_languages()
    {
        IPage page = await OpenAsync("", new() { Locale = "zh-CN" });
        foreach (string tab in Tabs)
            await ShowAsync(page, tab);

        Assert.That(await page.EvaluateAsync<string[]>("async () => (await import('/main.js')).$import('i18n.js').missing()"), Is.Empty);
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "直方图" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task What_is_not_drawn_is_named_with_the_command()
    {
        IPage page = await OpenAsync("tab=other");

        await Expect(page.Locator("tbody tr")).ToHaveTextAsync(["custom_scalars__config__Layout of custom scalarsTensorBoard, dashboard Custom Scalars2"]);
        await Expect(page.Locator("main pre")).ToContainTextAsync("tensorboard");
    }

    [Test]
    public async Task Only_what_is_seen_is_asked_for()
    {
        var asked = new ConcurrentQueue<string>();
        IPage page = await OpenAsync("tab=texts");
        page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).AbsolutePath);
        await ShowAsync(page, "images");

        Assert.That(asked, Has.None.StartsWith("/api/audio").And.None.StartsWith("/api/histograms").And.None.StartsWith("/api/graph"));
    }

    private static async Task ShowAsync(IPage page, string tab)
    {
        await page.EvaluateAsync($"location.hash = 'tab={tab}'");
        await page.Locator($".section-{tab} h3, .section-{tab} .graph-details:visible, .section-{tab} tbody tr").First.WaitForAsync();
        await page.WaitForFunctionAsync(
            "() => ![...document.querySelectorAll('main [role=status]')].some(e => e.offsetParent !== null && /^(Loading|加载|Computing|正在)/.test(e.textContent))");
    }
}
