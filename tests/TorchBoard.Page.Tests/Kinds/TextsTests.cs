using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests.Kinds;

internal sealed class TextsTests : PageTest
{
    [Test]
    public async Task Markdown_and_tables_are_elements_and_the_slider_shows_other_steps()
    {
        Write("notes", "# One\n\n*a* [b](https://example.org/)", "two");
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "b")))
            writer.AddTable("table", ["name", "value"], [["a|b", "1"]], 0);
        Serve();
        IPage page = await OpenAsync("tab=texts");
        ILocator card = Card(page, "notes");
        await Expect(card.Locator(".markdown")).ToHaveTextAsync("two");

        await card.GetByRole(AriaRole.Slider).FillAsync("0");

        await Expect(card.Locator(".markdown h4")).ToHaveTextAsync("One");
        await Expect(card.Locator(".markdown em")).ToHaveTextAsync("a");
        await Expect(card.Locator(".markdown a")).ToHaveAttributeAsync("rel", "noopener noreferrer");
        await Expect(Card(page, "table").Locator("td")).ToHaveTextAsync(["a|b", "1"]);
    }

    [TestCase("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [TestCase("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>")]
    [TestCase("[x](javascript:alert(1))", "x")]
    [TestCase("[x](data:text/html,<script>alert(1)</script>)", null)]
    [TestCase("__proto__ constructor", "proto constructor")]
    [TestCase("\u202Ereversed", "\u202Ereversed")]
    public async Task Hostile_text_is_harmless(string markdown, string? text)
    {
        Write("notes", markdown);
        Serve();
        IPage page = await OpenAsync("tab=texts");

        ILocator shown = Card(page, "notes").Locator(".markdown");
        if (text is null)
            await Expect(shown).ToContainTextAsync("x");
        else
            await Expect(shown).ToHaveTextAsync(text);
        await Expect(shown.Locator("a, script, img, iframe")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Deep_nesting_and_long_text_leave_the_page_as_it_is()
    {
        Write("notes", string.Concat(Enumerable.Repeat("> ", 60)) + "deep\n\n" + new string('a', 10_000));
        Serve();
        IPage page = await OpenAsync("tab=texts");

        await Expect(Card(page, "notes").Locator(".markdown")).ToContainTextAsync("deep");
        await ExpectToFitAsync(page);
    }

    [Test]
    public async Task Hostile_tags_are_text()
    {
        string[] tags = ["<img src=x onerror=alert(1)>", "\u202Etag", "a/constructor/__proto__", new string('t', 2000)];
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "a")))
        {
            foreach (string tag in tags)
                writer.AddText(tag, "text", 0);
        }

        Serve();
        IPage page = await OpenAsync("tab=texts");

        await Expect(page.Locator(".kind-card h3")).ToHaveCountAsync(4);
        await Expect(page.Locator(".kind-card .markdown")).ToHaveTextAsync(["text", "text", "text", "text"]);
        await Expect(page.Locator("main img")).ToHaveCountAsync(0);
    }

    private void Write(string tag, params string[] steps)
    {
        using var writer = new SummaryWriter(Path.Combine(LogDirectory, "a"));
        for (int step = 0; step < steps.Length; step++)
            writer.AddText(tag, steps[step], step);
    }
}
