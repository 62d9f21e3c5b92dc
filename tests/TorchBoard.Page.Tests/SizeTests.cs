using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>What is read at 320 px and at 4K.</summary>
internal sealed class SizeTests : PageTest
{
    [TestCase(320)]
    [TestCase(1280)]
    [TestCase(3840)]
    public async Task Letters_of_drawings_are_as_large_as_those_of_the_page_and_are_not_cut(int width)
    {
        for (int i = 0; i < 4; i++)
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, $"run{i}"));
            writer.AddHyperparameters([("a first name that is long", i), ("hidden", 16 << (2 * i))]);
            writer.AddScalar("a last metric that is long", i, 0);
            writer.AddPrCurve("pr", [true, false, true], [0.6f, 0.4f, 0.3f], 0);
        }

        Serve();
        var size = new ViewportSize { Width = width, Height = 900 };
        IPage trials = await OpenAsync("tab=trials", new() { ViewportSize = size });
        await trials.Locator(".parallel svg").WaitForAsync();
        await AssertReadableAsync(trials, ".parallel svg");
        await EventuallyAsync(
            () => trials.Locator(".axis", new() { HasText = "hidden" }).Locator("text:not(.axis-title)").AllTextContentsAsync(),
            Is.EquivalentTo(["16", "64", "256", "1024"]), "few values are labeled as they are");

        IPage curves = await OpenAsync("tab=prcurves", new() { ViewportSize = size });
        await curves.Locator(".pr-chart text").First.WaitForAsync();
        await AssertReadableAsync(curves, ".pr-chart");
        await Expect(curves.GetByRole(AriaRole.Tab, new() { Name = "PR curves" })).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [TestCase("", "200")]
    [TestCase("tab=histograms&distribution=ridges", "7")]
    [TestCase("tab=histograms&distribution=bands", "7")]
    public async Task Letters_on_canvases_are_as_large_as_those_of_the_page(string view, string text)
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
        {
            writer.AddScalar("loss", 0, 0);
            writer.AddScalar("loss", 1, 200);
            writer.AddHistogram("h", [0f, 1, 2, 3], 7);
        }

        Serve();
        IPage page = await OpenAsync("", new() { ViewportSize = new() { Width = 3840, Height = 2160 } });
        await page.AddInitScriptAsync(
            """
            window.written = new Map();
            const { fillText } = CanvasRenderingContext2D.prototype;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
              window.written.set(text, parseFloat(this.font.match(/[\d.]+px/)[0]) * this.getTransform().a / devicePixelRatio);
              return fillText.call(this, text, ...rest);
            };
            """);
        await page.GotoAsync(Server.PageUrl + "?#" + view);

        double letters = await page.EvaluateAsync<double>("parseFloat(getComputedStyle(document.documentElement).fontSize)");
        Assert.That(letters, Is.EqualTo(17.6).Within(0.5));
        await EventuallyAsync(
            () => page.EvaluateAsync<double>("text => window.written.get(text) ?? 0", text), Is.InRange(0.8 * letters, letters));
    }

    // Drawings are drawn again when values arrive.
    private static Task AssertReadableAsync(IPage page, string drawing) => EventuallyAsync(
        () => page.Locator(drawing).First.EvaluateAsync<string[]>(
            """
            svg => {
              const outside = svg.getBoundingClientRect();
              const letters = parseFloat(getComputedStyle(document.documentElement).fontSize);
              return [...svg.querySelectorAll('text')].flatMap(text => {
                const box = text.getBoundingClientRect();
                const cut = box.left < outside.left - 1 || box.right > outside.right + 1 || box.top < outside.top - 1 || box.bottom > outside.bottom + 1;
                return cut ? ['cut: ' + text.textContent] : box.height < 0.8 * letters ? [box.height + ' px high: ' + text.textContent] : [];
              });
            }
            """),
        Is.Empty);
}
