using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>Themes, languages, sizes, keys and what people with disabilities need.</summary>
internal sealed class AppearanceTests : PageTest
{
    [SetUp]
    public void Write()
    {
        for (int run = 0; run < 4; run++)
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, $"trial-{run}"));
            writer.AddHyperparameters([("lr", 0.1 / (run + 1)), ("optimizer", run % 2 == 0 ? "adam" : "sgd")]);
            for (long step = 0; step < 30; step++)
            {
                writer.AddScalar("loss/train", 1.0 / (step + 1 + run), step);
                writer.AddScalar("accuracy", step / 30.0, step);
            }
        }

        Serve();
    }

    [Test]
    public async Task The_page_has_no_violation_that_axe_finds(
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme theme, [Values("", "tab=trials")] string view, [Values(1280, 320)] int width)
    {
        IPage page = await OpenAsync(view, new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        await (view.Length == 0 ? PlotAsync(page, "loss/train") : TableAsync(page));

        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);
    }

    [Test]
    public async Task The_help_and_open_menus_have_no_violation_either()
    {
        IPage page = await OpenAsync("group=expression");
        await PlotAsync(page, "loss/train");
        await Card(page, "loss/train").GetByRole(AriaRole.Button, new() { Name = "Table of values" }).ClickAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        Assert.That(await Axe.ViolationsAsync(page), Is.Empty);
    }

    [Test]
    public async Task Dark_and_light_follow_the_system_and_can_be_chosen()
    {
        IPage page = await OpenAsync(options: new() { ColorScheme = ColorScheme.Dark });
        await PlotAsync(page, "loss/train");
        await EventuallyAsync(() => LightnessAsync(page), Is.LessThan(60));

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await EventuallyAsync(() => LightnessAsync(page), Is.GreaterThan(200));

        await page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        await EventuallyAsync(() => LightnessAsync(page), Is.LessThan(60));
        await page.ReloadAsync();
        await EventuallyAsync(() => LightnessAsync(page), Is.LessThan(60));
    }

    [Test]
    public async Task The_page_speaks_the_language_of_the_browser_and_another_if_asked()
    {
        IPage page = await OpenAsync("log=true", new() { Locale = "zh-CN" });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh");
        await Expect(page.GetByRole(AriaRole.Tab).First).ToHaveTextAsync("曲线");

        await page.GetByRole(AriaRole.Button, new() { Name = "Switch to English" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Tab).First).ToHaveTextAsync("Curves");
        await Expect(page.GetByLabel("Logarithmic")).ToBeCheckedAsync();
    }

    [Test]
    public async Task Every_text_is_in_both_languages()
    {
        IPage page = await OpenAsync();

        string[] missing = await page.EvaluateAsync<string[]>("async () => (await import('/main.js')).$import('i18n.js').missing()");

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public async Task Nothing_is_wider_than_the_window([Values(320, 768, 1280, 3840)] int width, [Values("", "tab=trials")] string view)
    {
        IPage page = await OpenAsync(view, new() { ViewportSize = new() { Width = width, Height = 800 } });
        await (view.Length == 0 ? PlotAsync(page, "loss/train") : TableAsync(page));

        await ExpectToFitAsync(page);
    }

    [Test]
    public async Task On_a_narrow_screen_the_runs_are_behind_a_button()
    {
        IPage page = await OpenAsync(options: new() { ViewportSize = new() { Width = 320, Height = 700 } });
        await PlotAsync(page, "loss/train");
        await Expect(page.Locator("#runs")).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Show or hide the runs" }).ClickAsync();

        await Expect(page.Locator("#runs")).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_keyboard_reaches_everything_in_the_order_of_the_page()
    {
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss/train");
        var reached = new List<string>();
        for (int i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>(
                "(() => { const e = document.activeElement; return (e.getAttribute('aria-label') ?? (e.labels?.[0] ?? e).textContent).slice(0, 40); })()"));
        }

        string[] expected =
        [
            "Skip to the content", "Show or hide the runs", "Curves", "Light or dark", "切换到中文", "Help and shortcuts", "All", "None",
            "Filter runs (regex)", "trial-0", "Mean of seeds", "Filter tags (regex)", "Smoothing", "Axis", "Logarithmic", "Ignore outliers", "Values by",
        ];
        Assert.That(reached.Where(label => expected.Any(label.StartsWith)).Distinct().Select(label => expected.First(label.StartsWith)).Distinct(), Is.EqualTo(expected));
        Assert.That(reached, Has.Some.StartsWith("Chart of"));
    }

    [Test]
    public async Task Keys_open_the_help_change_the_section_and_can_be_turned_off()
    {
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss/train");

        await page.Keyboard.PressAsync("]");
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Trials" })).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("[");
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Curves" })).ToHaveAttributeAsync("aria-selected", "true");

        await page.Keyboard.PressAsync("?");
        ILocator help = page.GetByRole(AriaRole.Dialog);
        await Expect(help).ToContainTextAsync("tensorboard --");
        await help.GetByLabel("Keys without Ctrl do this").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(help).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("?");
        await Expect(help).ToBeHiddenAsync();
    }

    private static async Task TableAsync(IPage page) => await page.Locator(".trials tbody tr").First.WaitForAsync();

    private static Task<int> LightnessAsync(IPage page) => page.EvaluateAsync<int>(
        "Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number))");
}
