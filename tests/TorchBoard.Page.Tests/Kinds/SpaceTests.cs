using Microsoft.Playwright;
using TorchBoard.Embeddings;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests.Kinds;

/// <summary>What has two or three dimensions: embeddings and meshes.</summary>
internal sealed class SpaceTests : PageTest
{
    // Of a browser that draws without a graphics card.
    [SetUp]
    public void ExpectSlowDrawing() => ExpectedFaults.Add("GPU stall");

    [Test]
    public async Task Points_are_found_by_their_labels_and_have_neighbors()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "a")))
        {
            writer.AddEmbedding<float>(
                "words", [1, 0, 0, 0.9f, 0.1f, 0, 0, 1, 0, 0, 0, 1], 0, 3, new EmbeddingOptions { Labels = ["cat", "dog", "car", "sky"] });
        }

        Serve();
        IPage page = await OpenAsync("tab=embeddings");
        ILocator side = page.Locator(".graph-details");
        await Expect(side).ToContainTextAsync("4 of 4 points, 3 dimensions");
        await ExpectInkAsync(page.Locator(".points-place canvas"), 50);

        await page.Locator("#tags-filter").FillAsync("ca");
        await Expect(side.Locator("li")).ToHaveTextAsync(["cat", "car"]);
        await side.GetByRole(AriaRole.Button, new() { Name = "cat" }).First.ClickAsync();

        await Expect(side).ToContainTextAsync("Nearest neighbors of cat");
        await Expect(side.Locator("li").First).ToContainTextAsync("dog");
        await page.GetByLabel("Dimensions").SelectOptionAsync("2");
        await ExpectInkAsync(page.Locator(".points-place canvas"), 50);
    }

    [Test]
    public async Task Meshes_are_drawn_and_turned_by_the_keys()
    {
        WriteMeshes();
        IPage page = await OpenAsync("tab=meshes");
        ILocator card = Card(page, "shape");
        await Expect(card).ToContainTextAsync("Step 1 · 4 points · 4 faces");
        ILocator canvas = card.Locator("canvas");
        await ExpectInkAsync(canvas, 300);
        string before = await PictureAsync(canvas);

        await canvas.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await EventuallyAsync(() => PictureAsync(canvas), Is.Not.EqualTo(before));
        await card.GetByRole(AriaRole.Slider).FillAsync("0");

        await Expect(card).ToContainTextAsync("Step 0 · 4 points · 4 faces");
    }

    [Test]
    public async Task Without_WebGL_the_page_says_so()
    {
        WriteMeshes();
        IPage page = await OpenAsync("tab=charts");
        await page.EvaluateAsync(
            "(() => { const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind === 'webgl2' ? null : get.call(this, kind, ...rest); }; })()");

        await page.EvaluateAsync("location.hash = 'tab=meshes'");

        await Expect(Card(page, "shape")).ToContainTextAsync("This browser has no WebGL");
    }

    private void WriteMeshes()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "a")))
        {
            writer.AddScalar("loss", 1, 0);
            for (int step = 0; step < 2; step++)
            {
                writer.AddMesh<float>(
                    "shape", [0, 0, 0, 1 + step, 0, 0, 0, 1, 0, 0, 0, 1], step, faces: [0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3]);
            }
        }

        Serve();
    }
}
