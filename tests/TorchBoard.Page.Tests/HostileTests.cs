using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>Names that are meant to do harm are only names. Whether a script ran, <see cref="PageTest"/> checks.</summary>
internal sealed class HostileTests : PageTest
{
    private static readonly string[] Names =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "__proto__", "constructor", "\"onload=\"alert(1)",
        "a\u202Egnp.exe", "\u0000\u0007", "${alert(1)}", "%3Cscript%3E", "a~b,c&d=e#f", new string('x', 10_000),
    ];

    [Test]
    public async Task Hostile_tags_are_titles_of_charts_and_nothing_else()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
        {
            // Writers of TorchBoard refuse the two, which leave stock TensorBoard's page blank; as runs they are below.
            foreach (string tag in Names.Except(["__proto__", "constructor"]))
            {
                writer.AddScalar(tag, 1, 0);
                writer.AddScalar(tag, 2, 1);
            }
        }

        Serve();
        IPage page = await OpenAsync("smoothing=0");

        ILocator slots = page.Locator(".slot");
        await Expect(slots).ToHaveCountAsync(Names.Length - 2);
        foreach (ILocator slot in await slots.AllAsync())
        {
            await slot.ScrollIntoViewIfNeededAsync();
            await Expect(slot.Locator("canvas")).ToBeVisibleAsync();
        }

        Assert.That(await page.Locator("main script, main img, main iframe").CountAsync(), Is.Zero);
        Assert.That(await page.EvaluateAsync<bool>("Object.keys(Object.prototype).length === 0"), Is.True);
        await ExpectToFitAsync(page);
    }

    [Test]
    public async Task Hostile_hyperparameters_are_cells_and_hostile_filters_find_nothing()
    {
        foreach ((string name, int i) in Names.Select((name, i) => (name, i)))
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, $"trial-{i}"));
            writer.AddHyperparameters([(name, name), ("lr", i)]);
            writer.AddScalar("loss", i, 0);
        }

        Serve();
        IPage page = await OpenAsync("tab=trials");

        await Expect(page.Locator(".trials tbody tr")).ToHaveCountAsync(Names.Length);
        Assert.That(await page.Locator("main script, main img, main iframe").CountAsync(), Is.Zero);
        Assert.That(await page.EvaluateAsync<bool>("Object.keys(Object.prototype).length === 0"), Is.True);
    }

    [Test]
    public async Task Runs_may_have_the_names_of_what_every_object_has()
    {
        string[] runs = ["__proto__", "constructor", "hasOwnProperty", "toString"];
        foreach (string run in runs)
            WriteRun(run, 3, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync("hide=toString&group=number");
        await PlotAsync(page, "loss");

        await Card(page, "loss").GetByRole(AriaRole.Button, new() { Name = "Table of values" }).ClickAsync();

        await Expect(Card(page, "loss").Locator(".values tbody th")).ToHaveTextAsync(runs[..3]);
    }

    [Test]
    public async Task A_hostile_name_turns_no_other_text_around()
    {
        WriteRun("a\u202Egnp", 3, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();

        await Expect(page.Locator(".run-row bdi")).ToHaveTextAsync("a\u202Egnp");
        Assert.That(await page.Locator(".run-row bdi").EvaluateAsync<string>("e => getComputedStyle(e).unicodeBidi"), Is.EqualTo("isolate"));
    }

    [TestCase("tab=nonsense")]
    [TestCase("x=nonsense&smoothing=NaN&sort=__proto__&band=x")]
    [TestCase("zoom=step~5~1&hide=%&pins=%E0%A4%A")]
    [TestCase("smoothing=1e999&log=maybe&closed=nothing")]
    [TestCase("__proto__=1&constructor=2&=&&&")]
    public async Task A_broken_URL_is_the_usual_view(string view)
    {
        WriteRun("run", 10, ("loss", step => step));
        Serve();

        IPage page = await OpenAsync(view);

        await PlotAsync(page, "loss");
    }
}
