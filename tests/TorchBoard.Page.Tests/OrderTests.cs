using Microsoft.Playwright;
using TorchBoard.Embeddings;
using TorchBoard.Graphs;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>Answers that come late and events that come early: the page shows what was asked for last.</summary>
internal sealed class OrderTests : PageTest
{
    [Test]
    public async Task Back_returns_to_a_view_that_was_left_before_it_was_in_the_URL()
    {
        WriteRun("a", 3, ("loss", step => step));
        WriteText();
        Serve();
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");

        // In one go: the URL is written 100 ms later.
        await page.EvaluateAsync(
            """
            () => {
              const smoothing = document.querySelector('input[type=number][aria-label=Smoothing]');
              smoothing.value = '0.9';
              smoothing.dispatchEvent(new Event('input'));
              document.getElementById('tab-texts').click();
            }
            """);
        await Expect(Card(page, "notes")).ToBeVisibleAsync();
        await page.GoBackAsync();

        await PlotAsync(page, "loss");
        await Expect(page.GetByRole(AriaRole.Spinbutton, new() { Name = "Smoothing" })).ToHaveValueAsync("0.9");
    }

    [Test]
    public async Task A_request_that_was_canceled_does_not_let_two_others_overtake_each_other()
    {
        WriteRun("a", 1, ("loss", _ => 1));
        Serve();
        IPage page = await OpenAsync();

        // A card leaves the view and comes back; what it first asked for is told as canceled only then.
        int[] open = await page.EvaluateAsync<int[]>(
            """
            async () => {
              const { createSeries } = await import('/series.js');
              const asked = [];
              const turn = () => new Promise(resolve => setTimeout(resolve));
              const answer = i => asked[i].resolve([{ run: 1, count: 1, steps: [0], values: [i], times: [0] }]);
              const scalars = () => new Promise((resolve, reject) => asked.push({ resolve, reject }));
              const series = createSeries({ api: { scalars } }, 'loss', () => {}, () => {});
              series.want([1], []);
              series.close();
              series.want([1], []);
              asked[0].reject(new Error('canceled'));
              await turn();
              series.want([1], [1]);
              const before = asked.length;
              answer(1);
              await turn();
              const after = asked.length;
              answer(2);
              await turn();
              return [before, after, series.of(1).values[0]];
            }
            """);

        Assert.That(open, Is.EqualTo([2, 3, 2]), "asked before and after the second answer, and the value at the end");
    }

    [Test]
    public async Task Neighbors_are_those_of_the_metric_that_was_chosen_last()
    {
        // b points almost where a does, and c is nearer.
        WriteEmbedding([1, 0, 9, 1, 1, 0.9f], "a", "b", "c");
        IPage page = await OpenAsync("tab=embeddings");
        ILocator side = page.Locator(".graph-details");
        await Expect(side).ToContainTextAsync("3 of 3 points");
        await page.Locator("#tags-filter").FillAsync("a");
        // Holds the answer for the first metric until release is called.
        await page.EvaluateAsync(
            """
            () => {
              const real = fetch;
              window.fetch = async (address, options) => {
                const answer = await real(address, options);
                if (!address.includes('metric=cosine')) {
                  return answer;
                }
                const data = await answer.json();
                await new Promise(resolve => { window.release = resolve; });
                return { ok: true, status: 200, json: () => data };
              };
            }
            """);
        await side.Locator("li").GetByRole(AriaRole.Button, new() { Name = "a", Exact = true }).ClickAsync();
        await EventuallyAsync(() => page.EvaluateAsync<string>("typeof release"), Is.EqualTo("function"));

        await page.GetByLabel("Distance").SelectOptionAsync("euclidean");
        await Expect(side.Locator("li").First).ToContainTextAsync("c");
        await page.EvaluateAsync("() => { release(); return new Promise(resolve => setTimeout(resolve)); }");

        await Expect(side.Locator("li").First).ToContainTextAsync("c");
    }

    [Test]
    public async Task What_is_typed_while_points_are_on_their_way_is_searched_for()
    {
        WriteEmbedding([1, 0, 0, 1, 1, 1], "cat", "car", "sky");
        IPage page = await OpenAsync();
        var asked = new TaskCompletionSource<IRoute>();
        await page.RouteAsync("**/api/embedding?*", route => asked.SetResult(route));
        await page.GetByRole(AriaRole.Tab, new() { Name = "Embeddings" }).ClickAsync();
        IRoute points = await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(Browser.Patience));

        await page.Locator("#tags-filter").FillAsync("ca");
        await points.ContinueAsync();

        await Expect(page.Locator(".graph-details li")).ToHaveTextAsync(["cat", "car"]);
        await Expect(page.Locator("#tags-filter")).ToHaveValueAsync("ca");
    }

    [Test]
    public async Task What_is_typed_while_a_graph_is_on_its_way_is_searched_for()
    {
        WriteRun("a", 3, ("loss", step => step));
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "b")))
            writer.AddGraph(new GraphBuilder().Add("input", "Placeholder").Add("net/relu", "Relu", "input").Build());
        Serve();
        IPage page = await OpenAsync();
        var asked = new TaskCompletionSource<IRoute>();
        await page.RouteAsync("**/api/graph?*", route => asked.SetResult(route));
        await page.GetByRole(AriaRole.Tab, new() { Name = "Graphs" }).ClickAsync();
        IRoute graph = await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(Browser.Patience));

        await page.Locator("#tags-filter").FillAsync("relu");
        await graph.ContinueAsync();

        await Expect(page.Locator(".graph-matches button")).ToContainTextAsync("net/relu");
    }

    [Test]
    public async Task A_section_that_cannot_be_loaded_does_not_replace_the_one_that_was_opened_since()
    {
        ExpectedFaults.AddRange(["ERR_FAILED", "dynamically imported module"]);
        WriteRun("a", 3, ("loss", step => step));
        WriteText();
        Serve();
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");
        var asked = new TaskCompletionSource<IRoute>();
        await page.RouteAsync("**/later.js", route => asked.SetResult(route));
        await page.GetByRole(AriaRole.Tab, new() { Name = "Text" }).ClickAsync();
        IRoute module = await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(Browser.Patience));
        await page.GetByRole(AriaRole.Tab, new() { Name = "Curves" }).ClickAsync();
        await PlotAsync(page, "loss");

        await page.RunAndWaitForConsoleMessageAsync(() => module.AbortAsync(), new() { Predicate = message => message.Text.Contains("imported module") });

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await PlotAsync(page, "loss");
    }

    private void WriteText()
    {
        using var writer = new SummaryWriter(Path.Combine(LogDirectory, "b"));
        writer.AddText("notes", "text", 0);
    }

    private void WriteEmbedding(float[] vectors, params string[] labels)
    {
        WriteRun("a", 3, ("loss", step => step));
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "b")))
            writer.AddEmbedding<float>("words", vectors, 0, vectors.Length / labels.Length, new EmbeddingOptions { Labels = labels });
        Serve();
    }
}
