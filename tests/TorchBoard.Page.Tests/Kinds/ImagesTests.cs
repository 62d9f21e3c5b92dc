using Microsoft.Playwright;
using TorchBoard.Imaging;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests.Kinds;

/// <summary>Pictures: their size in pixels says which one is shown.</summary>
internal sealed class ImagesTests : PageTest
{
    [SetUp]
    public void Write()
    {
        foreach (string run in (string[])["a", "b"])
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, run));
            writer.AddScalar("loss", 1, 0);
            for (int step = 0; step < (run == "a" ? 5 : 3); step++)
            {
                int width = 10 + step;
                writer.AddImage<byte>("picture", new byte[width * 8], step, ImageLayout.Hw, [8, width]);
            }
        }

        Serve();
    }

    [Test]
    public async Task The_slider_shows_the_picture_of_each_run_at_a_step()
    {
        IPage page = await OpenAsync("tab=images");
        ILocator card = Card(page, "picture");
        await Expect(card.Locator(".pictures img")).ToHaveCountAsync(2);

        await ExpectWidthsAsync(card, [14, 12], "the last step, or the last one before");
        await card.GetByRole(AriaRole.Slider).FillAsync("1");

        await Expect(card.Locator(".step-label")).ToHaveTextAsync("Step 1");
        await ExpectWidthsAsync(card, [11, 11]);
        await Expect(card.Locator(".pictures img").First).ToHaveAttributeAsync("alt", "picture, a, step 1");
    }

    [Test]
    public async Task A_picture_can_be_shown_with_one_pixel_per_pixel()
    {
        IPage page = await OpenAsync("tab=images");
        ILocator picture = Card(page, "picture").Locator(".pictures img").First;
        await EventuallyAsync(() => WidthAsync(picture), Is.GreaterThan(100));
        Assert.That(await picture.EvaluateAsync<string>("e => getComputedStyle(e).imageRendering"), Is.EqualTo("pixelated"));

        await page.GetByLabel("Size").SelectOptionAsync("actual");

        await Expect(page).ToHaveURLAsync(With("size=actual"));
        await EventuallyAsync(() => WidthAsync(picture), Is.EqualTo(14));
    }

    [Test]
    public async Task An_enlarged_picture_is_zoomed_by_whole_pixels_and_has_keys()
    {
        IPage page = await OpenAsync("tab=images");
        await Card(page, "picture").Locator(".picture").First.ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        ILocator img = dialog.Locator("img");
        await Expect(dialog).ToBeVisibleAsync();
        int scale = await ScaleAsync(dialog, 14);
        Assert.That(scale, Is.GreaterThan(10));

        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(dialog).ToContainTextAsync("Step 3");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(dialog).ToContainTextAsync("b");
        await Expect(dialog).ToContainTextAsync("Step 2");
        scale = await ScaleAsync(dialog, 12);
        await page.Keyboard.PressAsync("-");
        await Expect(dialog.Locator("output")).ToHaveTextAsync(FormattableString.Invariant($"{scale / 2.0}×"));
        Assert.That(await img.EvaluateAsync<string>("e => getComputedStyle(e).imageRendering"), Is.EqualTo("pixelated"));

        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(Card(page, "picture").Locator(".step-label")).ToHaveTextAsync("Step 3");
    }

    [Test]
    public async Task A_new_step_is_shown_unless_the_slider_was_moved()
    {
        IPage page = await OpenAsync("tab=images");
        ILocator card = Card(page, "picture");
        await Expect(card.Locator(".step-label")).ToHaveTextAsync("Step 4");

        AddStep(7);
        await Expect(card.Locator(".step-label")).ToHaveTextAsync("Step 7");
        await card.GetByRole(AriaRole.Slider).FillAsync("2");
        AddStep(8);

        await Expect(card.GetByRole(AriaRole.Slider)).ToHaveAttributeAsync("max", "6");
        await Expect(card.Locator(".step-label")).ToHaveTextAsync("Step 2");
    }

    [Test]
    public async Task What_is_no_picture_for_browsers_is_named()
    {
        IPage page = await OpenAsync("tab=charts");
        await PlotAsync(page, "loss");
        await page.Context.RouteAsync("**/api/images?**", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """{"series":[{"run":1,"steps":[1],"times":[1],"values":[[{"width":1,"height":1,"format":"svg","bytes":9},{"width":1,"height":1,"format":"bin","bytes":9}]]}]}""",
        }));

        await page.GetByRole(AriaRole.Tab, new() { Name = "Images" }).ClickAsync();

        ILocator tile = Card(page, "picture").Locator(".tile").First;
        await Expect(tile).ToContainTextAsync("SVG pictures are not shown by this page.");
        await Expect(tile).ToContainTextAsync("This is not a picture of a known format.");
        await Expect(tile.Locator("img")).ToHaveCountAsync(0);
    }

    private void AddStep(int step)
    {
        using var writer = new SummaryWriter(Path.Combine(LogDirectory, "a"));
        writer.AddImage<byte>("picture", new byte[30 * 8], step, ImageLayout.Hw, [8, 30]);
    }

    // A picture keeps its place until the next one is there.
    private static Task ExpectWidthsAsync(ILocator card, int[] widths, string? message = null) => EventuallyAsync(
        () => card.Locator(".pictures img").EvaluateAllAsync<int[]>("all => all.map(i => i.naturalWidth)"), Is.EqualTo(widths), message);

    private static Task<double> WidthAsync(ILocator picture) => picture.EvaluateAsync<double>("e => e.getBoundingClientRect().width");

    /// <summary>How many pixels of the window a pixel of the enlarged picture has, once the picture of this width is there.</summary>
    private static async Task<int> ScaleAsync(ILocator dialog, int width)
    {
        ILocator img = dialog.Locator("img");
        await EventuallyAsync(
            () => img.EvaluateAsync<double[]>("e => [e.naturalWidth, e.width / e.naturalWidth - e.dataset.used]"), Is.EqualTo([width, 0]));
        return await img.EvaluateAsync<int>("e => e.width / e.naturalWidth");
    }
}
