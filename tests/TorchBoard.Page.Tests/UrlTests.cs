using Microsoft.Playwright;
using TorchBoard.Histograms;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>A URL of an older or newer page, or with a typing error: what is not known is as if it were not there.</summary>
internal sealed class UrlTests : PageTest
{
    [TestCase("x", "charts")]
    [TestCase("sort", "charts")]
    [TestCase("band", "charts")]
    [TestCase("group", "charts")]
    [TestCase("smoothing", "charts")]
    [TestCase("log", "charts")]
    [TestCase("outliers", "charts")]
    [TestCase("zoom", "charts")]
    [TestCase("tab", "charts")]
    [TestCase("trialValue", "trials")]
    [TestCase("trialSort", "trials")]
    [TestCase("trialFilters", "trials")]
    [TestCase("columns", "trials")]
    [TestCase("size", "images")]
    [TestCase("distribution", "histograms")]
    [TestCase("threshold", "prcurves")]
    [TestCase("graph", "graphs")]
    [TestCase("embedding", "embeddings")]
    public async Task An_unknown_value_is_the_default(string key, string tab)
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run1")))
        {
            writer.AddScalar("loss", 1, 0);
            writer.AddScalar("loss", 2, 1);
            writer.AddHyperparameters([("lr", 0.1)]);
            writer.AddHistogram("weights", [1f, 2, 3], 0, HistogramBins.Equal(3));
            writer.AddImage("picture", new byte[16], 0, Imaging.ImageLayout.Hw, [4, 4]);
            writer.AddPrCurve("pr", [true, false], [0.6f, 0.4f], 0);
            writer.AddGraph(new Graphs.GraphBuilder().Add("a", "Op").Build());
            writer.AddEmbedding<float>("e", [1, 2, 3, 4], 0, 2);
        }

        Serve();
        string[] views = [$"tab={tab}", $"tab={tab}&{key}=nonsense", $"tab={tab}&{key}=-7", $"tab={tab}&{key}="];
        var seen = new List<string>();
        foreach (string view in views)
        {
            IPage page = await OpenAsync(view);
            await Expect(page.Locator("[role=tab][aria-selected=true]")).ToBeVisibleAsync();
            await page.Locator(tab is "charts" ? ".u-over" : tab is "trials" ? ".trials tbody tr" : "main canvas, main img, main svg.panzoom, main svg.pr-chart").First.WaitForAsync();
            Assert.That(
                await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('select')].filter(one => one.checkVisibility() && one.selectedIndex < 0).map(one => one.outerHTML)"),
                Is.Empty, view);
            seen.Add(await page.EvaluateAsync<string>(
                """
                () => JSON.stringify([
                  [...document.querySelectorAll('[role=tab]')].map(one => one.ariaSelected),
                  [...document.querySelectorAll('select, input')].filter(one => one.checkVisibility()).map(one => one.type === 'checkbox' ? one.checked : one.value),
                  [...document.querySelectorAll('main button, .trials th')].filter(one => one.checkVisibility()).map(one => one.textContent),
                  document.querySelectorAll('.trials tbody tr').length,
                ])
                """));
        }

        Assert.That(seen, Is.All.EqualTo(seen[0]));
        Assert.That(seen[0], Has.Length.GreaterThan(20));
    }
}
