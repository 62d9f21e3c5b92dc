using Microsoft.Playwright;
using TorchBoard.Graphs;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests.Kinds;

internal sealed class GraphsTests : PageTest
{
    [Test]
    public async Task Scopes_open_and_close_and_a_box_has_details()
    {
        Write(new GraphBuilder().Add("input", "Placeholder")
            .Add(new GraphNode("net/dense", "Dense", "input") { OutputShapes = [[32, 10]] })
            .Add("net/relu", "Relu", "net/dense").Add("loss", "Loss", "net/relu"),
            new NodeStatistics("net/dense", TimeSpan.FromMicroseconds(1500), 64));
        IPage page = await OpenAsync("tab=graphs");
        ILocator scope = Box(page, "net, scope of 2 operations");
        await Expect(Boxes(page)).ToHaveCountAsync(3);
        await Expect(scope).ToContainTextAsync("2 · 1.5 ms");
        await Expect(scope).ToHaveAttributeAsync("aria-expanded", "false");

        await scope.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Boxes(page)).ToHaveCountAsync(5);
        await Box(page, "dense, Dense").ClickAsync();

        ILocator details = page.Locator(".graph-details");
        await Expect(details).ToContainTextAsync("32×10");
        await Expect(details).ToContainTextAsync("1.5 ms");
        await Expect(details).ToContainTextAsync("Outputs (1)");
        await details.GetByRole(AriaRole.Button, new() { Name = "net/relu" }).ClickAsync();
        await Expect(details.Locator("h2")).ToHaveTextAsync("net/relu");

        await scope.ClickAsync();
        await Expect(Boxes(page)).ToHaveCountAsync(3);
    }

    [Test]
    public async Task A_found_operation_is_shown_in_its_opened_scopes()
    {
        var graph = new GraphBuilder().Add("input", "Placeholder");
        for (int i = 0; i < 20; i++)
            graph.Add($"model/stage{i / 10}/block{i % 10}/conv", "Conv", "input");
        Write(graph);
        IPage page = await OpenAsync("tab=graphs");
        await Expect(Boxes(page)).ToHaveCountAsync(2);

        await page.Locator("#tags-filter").FillAsync("stage1/block7");
        await page.Locator(".graph-matches").GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.Locator(".graph-details h2")).ToHaveTextAsync("model/stage1/block7/conv");
        await Expect(page.Locator(".graph-selected")).ToBeInViewportAsync();
        await Expect(page.Locator(".graph-selected")).ToContainTextAsync("conv");
    }

    [Test]
    public async Task Ten_thousand_operations_without_scopes_are_put_into_groups()
    {
        var graph = new GraphBuilder();
        for (int i = 0; i < 10_000; i++)
            graph.Add($"node_{i}", "Op", i == 0 ? [] : [$"node_{i - 1}", $"node_{i / 2}"]);
        Write(graph);
        IPage page = await OpenAsync("tab=graphs");

        await Expect(Boxes(page)).ToHaveCountAsync(100);
        await page.Locator("#tags-filter").FillAsync("node_5050");
        await page.Locator(".graph-matches").GetByRole(AriaRole.Button).ClickAsync();

        await Expect(Boxes(page)).ToHaveCountAsync(200);
        await Expect(page.Locator(".graph-details")).ToContainTextAsync("node_2525");
    }

    [Test]
    public async Task Circles_and_unknown_inputs_are_drawn()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "a")))
        {
            writer.AddGraph(new GraphBuilder().Add("a", "Op", "c").Add("b", "Op", "a").Add("c", "Op", "b", "^a")
                .Add("c/inner", "Op", "c", "c").Build(allowCycles: true));
        }

        Serve();
        IPage page = await OpenAsync("tab=graphs");

        await Expect(Boxes(page)).ToHaveCountAsync(3);
        await Expect(page.Locator(".graph-edge")).ToHaveCountAsync(4);
        await Box(page, "c, scope of 2 operations").ClickAsync();
        await Expect(Box(page, "(c), Op")).ToBeVisibleAsync();
    }

    private static ILocator Boxes(IPage page) => page.Locator(".graph-body");

    private static ILocator Box(IPage page, string label) => Boxes(page).Filter(new() { HasText = label }).First;

    private void Write(GraphBuilder graph, params NodeStatistics[] statistics)
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "a")))
        {
            writer.AddGraph(graph.Build());
            if (statistics.Length > 0)
                writer.AddRunMetadata("batch", statistics, 1);
        }

        Serve();
    }
}
