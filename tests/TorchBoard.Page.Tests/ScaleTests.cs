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
    public async Task All_modules_that_are_loaded_at_first_are_asked_for_at_once()
    {
        WriteRun("run", 10, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");

        string[] later = await page.EvaluateAsync<string[]>(
            """
            (() => {
              const named = new Set([...document.querySelectorAll('link[rel=modulepreload], script')].map(one => one.href || one.src));
              return performance.getEntriesByType('resource').map(one => one.name).filter(name => name.endsWith('.js') && !named.has(name));
            })()
            """);

        Assert.That(later, Is.Empty, "index.html names them, so that the browser need not find one by another");
    }

    [Test]
    public async Task First_paint_does_not_wait_for_data()
    {
        WriteRun("run", 10, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");
        var asked = new TaskCompletionSource<IRoute>();
        await page.RouteAsync("**/api/runs*", route => asked.TrySetResult(route) ? Task.CompletedTask : route.ContinueAsync());
        await page.ReloadAsync();
        IRoute list = await asked.Task;

        await EventuallyAsync(() => page.EvaluateAsync<int>("performance.getEntriesByName('first-contentful-paint').length"), Is.EqualTo(1));
        await Expect(page.Locator("main")).ToHaveTextAsync("Reading the runs…");

        await list.ContinueAsync();
        await PlotAsync(page, "loss");
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
