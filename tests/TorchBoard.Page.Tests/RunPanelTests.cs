using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>The panel of runs and the filter of tags: what is shown, and that the URL holds it.</summary>
internal sealed class RunPanelTests : PageTest
{
    [SetUp]
    public void Write()
    {
        foreach (string run in new[] { "adam/1", "adam/2", "sgd/1" })
            WriteRun(run, 10, ("loss", step => step), ("accuracy/top1", step => step));
        Serve();
    }

    [Test]
    public async Task A_regular_expression_filters_runs()
    {
        IPage page = await OpenAsync();

        await page.GetByLabel("Filter runs").FillAsync("^ADAM/[12]$");

        await Expect(Names(page)).ToHaveTextAsync(["adam/1", "adam/2"]);
        await Expect(page.Locator("#runs h2")).ToHaveTextAsync("Runs 2 of 3");
        await ExpectCurvesAsync(page, "loss", "adam/1", "adam/2");
        await Expect(page).ToHaveURLAsync(With("runs=%5EADAM%2F%5B12%5D%24"));
    }

    [Test]
    public async Task What_is_not_an_expression_is_searched_for_and_said()
    {
        IPage page = await OpenAsync();

        await page.GetByLabel("Filter runs").FillAsync("adam/[");

        await Expect(page.GetByLabel("Filter runs")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator("#runs-filter-note")).ToContainTextAsync("Not a regular expression");
        await Expect(page.Locator("#runs")).ToContainTextAsync("No run matches the filter.");
    }

    [Test]
    public async Task Runs_are_shown_and_hidden_by_check_boxes_and_by_only()
    {
        IPage page = await OpenAsync();

        await Box(page, "adam/2").UncheckAsync();
        await ExpectCurvesAsync(page, "loss", "adam/1", "sgd/1");
        await Expect(page).ToHaveURLAsync(With("hide=adam%2F2"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Only this run: sgd/1" }).ClickAsync();
        await ExpectCurvesAsync(page, "loss", "sgd/1");
        await Expect(page).ToHaveURLAsync(With("only=sgd%2F1"));

        await page.GetByRole(AriaRole.Button, new() { Name = "None", Exact = true }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("No run is selected.");

        await page.GetByRole(AriaRole.Button, new() { Name = "All", Exact = true }).ClickAsync();
        await ExpectCurvesAsync(page, "loss", "adam/1", "adam/2", "sgd/1");
        await Expect(page).ToHaveURLAsync(Without("only"));
    }

    [Test]
    public async Task Arrow_keys_move_through_the_runs_and_space_checks()
    {
        IPage page = await OpenAsync();
        await Box(page, "adam/1").FocusAsync();

        await page.Keyboard.PressAsync("End");
        await Expect(Box(page, "sgd/1")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(Box(page, "adam/2")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(Box(page, "adam/2")).Not.ToBeCheckedAsync();
        await page.Keyboard.PressAsync("o");
        await Expect(page.Locator("#runs h2")).ToHaveTextAsync("Runs 1 of 3");
    }

    [Test]
    public async Task A_regular_expression_filters_tags()
    {
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");

        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByLabel("Filter tags")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("top\\d");

        await Expect(page.Locator("article")).ToHaveCountAsync(1);
        await Expect(page.Locator("article")).ToHaveAttributeAsync("aria-label", "accuracy/top1");
    }

    [Test]
    public async Task A_view_is_shared_by_its_URL_and_back_returns_to_the_one_before()
    {
        IPage page = await OpenAsync();
        await page.GetByLabel("Filter runs").FillAsync("sgd");
        await page.GetByLabel("Logarithmic").CheckAsync();
        await page.GetByRole(AriaRole.Spinbutton, new() { Name = "Smoothing" }).FillAsync("0.9");
        await Expect(page).ToHaveURLAsync(With("smoothing=0.9"));

        IPage other = await OpenAsync(new Uri(page.Url).Fragment.TrimStart('#'));

        await Expect(other.GetByLabel("Filter runs")).ToHaveValueAsync("sgd");
        await Expect(other.GetByLabel("Logarithmic")).ToBeCheckedAsync();
        await Expect(other.GetByRole(AriaRole.Spinbutton, new() { Name = "Smoothing" })).ToHaveValueAsync("0.9");
        await ExpectCurvesAsync(other, "loss", "sgd/1");

        await other.EvaluateAsync("location.hash = '#runs=adam'");
        await ExpectCurvesAsync(other, "loss", "adam/1", "adam/2");
        await other.GoBackAsync();
        await ExpectCurvesAsync(other, "loss", "sgd/1");
    }

    private static ILocator Names(IPage page) => page.Locator(".run-row label");

    private static ILocator Box(IPage page, string run) => page.Locator("#runs").GetByRole(AriaRole.Checkbox, new() { Name = run });

    /// <summary>Checks whose curves a chart has, by its table of values.</summary>
    private static async Task ExpectCurvesAsync(IPage page, string tag, params string[] runs)
    {
        await PlotAsync(page, tag);
        ILocator button = Card(page, tag).GetByRole(AriaRole.Button, new() { Name = "Table of values" });
        if (await button.GetAttributeAsync("aria-pressed") != "true")
            await button.ClickAsync();
        await Expect(Card(page, tag).Locator(".values tbody th")).ToHaveTextAsync(runs);
    }
}
