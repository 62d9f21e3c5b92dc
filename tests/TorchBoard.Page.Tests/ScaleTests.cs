using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>What a page costs, in bytes, requests and elements: many runs and tags stay usable.</summary>
[NonParallelizable]
internal sealed class ScaleTests : PageTest
{
    [Test]
    public async Task The_page_is_less_than_250_kB_before_data()
    {
        WriteRun("run", 10, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");

        // As sent, and as it is; the report has the latter.
        double[] sizes = await page.EvaluateAsync<double[]>(
            """
            (() => {
              const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(one => !one.name.includes('/api/'));
              return ['transferSize', 'decodedBodySize'].map(size => files.reduce((sum, one) => sum + one[size], 0));
            })()
            """);

        TestContext.Out.WriteLine($"{sizes[0] / 1000:0.0} kB are sent for {sizes[1] / 1000:0.0} kB.");
        Assert.That(sizes[0], Is.Positive.And.LessThan(250_000));
        Assert.That(sizes[1], Is.LessThan(250_000));
    }

    [Test]
    public async Task The_page_is_few_files_and_paints_before_its_script_and_what_only_some_kinds_need_is_not_among_them()
    {
        WriteRun("run", 10, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");

        string[] asked = await page.EvaluateAsync<string[]>(
            "performance.getEntriesByType('resource').map(one => new URL(one.name)).filter(one => one.pathname !== '/api/scalars').map(one => one.pathname)");
        Assert.That(asked, Is.EquivalentTo(
            ["/main.js", "/vendor/uPlot.css", "/kinds/kinds.css", "/icon.svg", "/api/runs"]));

        string[] blocking = await page.EvaluateAsync<string[]>(
            "performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking').map(one => new URL(one.name).pathname)");
        Assert.That(blocking, Is.Empty);
    }

    [Test]
    public async Task The_frame_is_painted_without_the_script_and_without_data()
    {
        WriteRun("run", 10, ("loss", step => step));
        Serve();
        await using IBrowserContext context = await Browser.Instance.NewContextAsync(new() { ColorScheme = ColorScheme.Dark });
        IPage page = await context.NewPageAsync();
        foreach (string never in new[] { "**/main.js", "**/api/**", "**/kinds/**", "**/vendor/**" })
            await page.RouteAsync(never, _ => { });

        await page.GotoAsync(Server.PageUrl!.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        double paint = await page.EvaluateAsync<double>(
            "new Promise(seen => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(one => seen(one.startTime))).observe({ type: 'paint', buffered: true }))");

        TestContext.Out.WriteLine($"First paint after {paint:0} ms.");
        await Expect(page.Locator("h1")).ToHaveTextAsync("TorchBoard");
        Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(18, 21, 25)"), "dark, as the system");
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
        IPage page = await OpenAsync(early: true);
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(request.Url);

        await Expect(page.Locator("#runs h2")).ToHaveTextAsync($"Runs {Runs} of {Runs}", new() { Timeout = 120_000 });
        await PlotAsync(page, tags[0]);
        TestContext.Out.WriteLine($"The first chart after {watch.ElapsedMilliseconds} ms.");

        // Elements and requests are those of what is seen, not of what there is.
        await EventuallyAsync(() => page.Locator(".run-row").CountAsync(), Is.Positive.And.LessThan(60));
        await EventuallyAsync(() => page.Locator("canvas").CountAsync(), Is.Positive.And.LessThan(20));
        Assert.That(asked.Count(url => url.Contains("api/scalars")), Is.LessThan(60));

        watch.Restart();
        await page.GetByLabel("Filter runs").FillAsync("run-000[0-9]");
        await Expect(page.Locator("#runs h2")).ToHaveTextAsync($"Runs 10 of {Runs}");
        TestContext.Out.WriteLine($"Filtered after {watch.ElapsedMilliseconds} ms.");

        watch.Restart();
        await page.Locator("main").EvaluateAsync("main => main.scrollTo(0, main.scrollHeight)");
        await PlotAsync(page, tags[^1]);
        TestContext.Out.WriteLine($"The last chart after {watch.ElapsedMilliseconds} ms.");
        await EventuallyAsync(() => page.Locator("canvas").CountAsync(), Is.Positive.And.LessThan(20));
    }
}
