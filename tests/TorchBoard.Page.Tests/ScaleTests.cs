using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>What a page costs, in bytes, requests and elements: many runs and tags stay usable.</summary>
internal sealed class ScaleTests : PageTest
{
    [Test]
    public async Task The_page_is_less_than_250_kB_before_data()
    {
        WriteRun("run", 10, ("loss", step => step));
        Serve();
        long bytes = 0;
        using var client = new HttpClient();
        foreach (string file in await FilesAsync())
            bytes += (await client.GetByteArrayAsync(new Uri(Server.PageUrl!, file))).Length;

        TestContext.Out.WriteLine($"{bytes / 1000.0:0.0} kB, not compressed.");
        Assert.That(bytes, Is.LessThan(250_000));
    }

    [Test]
    public async Task First_paint_does_not_wait_for_data()
    {
        WriteRun("run", 10, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");

        double paint = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        double list = await page.EvaluateAsync<double>("performance.getEntriesByType('resource').find(one => one.name.includes('api/runs')).responseEnd");

        TestContext.Out.WriteLine($"First paint after {paint:0} ms, the list of runs after {list:0} ms.");
        Assert.That(paint, Is.Positive);
    }

    [Test]
    public async Task A_thousand_runs_of_fifty_tags_stay_usable()
    {
        const int Runs = 1000, Tags = 50;
        string[] tags = [.. Enumerable.Range(0, Tags).Select(i => $"group{i / 10}/tag{i:00}")];
        Parallel.For(0, Runs, run =>
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, $"sweep/run-{run:0000}"));
            for (long step = 0; step < 10; step++)
            {
                foreach (string tag in tags)
                    writer.AddScalar(tag, Math.Exp(-step * 0.1) * (1 + run % 17), step);
            }
        });
        Serve();
        var watch = Stopwatch.StartNew();
        IPage page = await OpenAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);

        await Expect(page.Locator("#runs h2")).ToHaveTextAsync($"Runs {Runs} of {Runs}", new() { Timeout = 120_000 });
        await PlotAsync(page, tags[0]);
        TestContext.Out.WriteLine($"The first chart after {watch.ElapsedMilliseconds} ms.");

        // Elements and requests are those of what is seen, not of what there is.
        Assert.That(await page.Locator(".run-row").CountAsync(), Is.LessThan(60));
        Assert.That(await page.Locator("canvas").CountAsync(), Is.LessThan(20));
        Assert.That(asked.Count(url => url.Contains("api/scalars")), Is.LessThan(60));

        watch.Restart();
        await page.GetByLabel("Filter runs").FillAsync("run-000[0-9]");
        await Expect(page.Locator("#runs h2")).ToHaveTextAsync($"Runs 10 of {Runs}");
        TestContext.Out.WriteLine($"Filtered after {watch.ElapsedMilliseconds} ms.");

        watch.Restart();
        await page.Locator("main").EvaluateAsync("main => main.scrollTo(0, main.scrollHeight)");
        await PlotAsync(page, tags[^1]);
        TestContext.Out.WriteLine($"The last chart after {watch.ElapsedMilliseconds} ms.");
        Assert.That(await page.Locator("canvas").CountAsync(), Is.LessThan(20));
    }

    /// <summary>The files of a page that shows curves, as a browser asks for them.</summary>
    private async Task<string[]> FilesAsync()
    {
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");
        return await page.EvaluateAsync<string[]>(
            "performance.getEntriesByType('resource').map(one => one.name).filter(name => !name.includes('/api/')).concat(location.href.split('#')[0])");
    }
}
