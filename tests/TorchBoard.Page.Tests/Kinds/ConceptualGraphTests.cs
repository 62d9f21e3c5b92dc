using Microsoft.Playwright;
using TorchBoard.Graphs;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests.Kinds;

internal sealed class ConceptualGraphTests : PageTest
{
    [Test]
    public async Task A_conceptual_graph_is_chosen_beside_the_graph_of_operations_and_drawn()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
        {
            writer.AddGraph(new GraphBuilder().Add("operation", "MatMul").Build());
            writer.AddConceptualGraph("layers", [new("image", "InputLayer"), new("hidden", "Dense", "image"), new("sum", "Add", "image", "hidden")], 0, "net");
        }

        Serve();
        IPage page = await OpenAsync("tab=graphs");
        await Expect(page.Locator(".graph-body")).ToHaveCountAsync(1);
        await page.Locator(".tools select").First.SelectOptionAsync(new SelectOptionValue { Label = "run · layers" });

        await Expect(page.Locator(".graph-body")).ToHaveCountAsync(4);
        await Expect(page.Locator(".graph-edge")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Button, new() { Name = "sum, Add" }).ClickAsync();
        await Expect(page.Locator(".graph-details")).ToContainTextAsync("Inputs (2)");
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Other" })).ToHaveCountAsync(0);
    }
}
