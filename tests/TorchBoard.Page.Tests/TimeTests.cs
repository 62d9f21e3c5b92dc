using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>Curves over time whose clock was set back while the run was written.</summary>
internal sealed class TimeTests : PageTest
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 0, TimeSpan.Zero);

    [TestCase("relative", "1:00:00")]
    [TestCase("wall", null)]
    public async Task A_clock_that_jumps_back_loses_no_point_and_each_is_found_at_its_time(string axis, string? relative)
    {
        // The clock is set back by two hours after the third point: the last ones are before the first.
        (int Minutes, double Value)[] points = [(0, 1), (30, 2), (60, 3), (-60, 4), (-30, 5)];
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
        {
            for (int i = 0; i < points.Length; i++)
                writer.AddScalar("loss", points[i].Value, i, Start.AddMinutes(points[i].Minutes));
        }

        Serve();
        IPage page = await OpenAsync($"smoothing=0&x={axis}", new() { TimezoneId = "UTC" });
        ILocator plot = await PlotAsync(page, "loss");
        LocatorBoundingBoxResult box = (await plot.BoundingBoxAsync())!;
        ILocator value = page.Locator(".tooltip tbody tr td").First;

        // From the earliest time at the left to the latest at the right.
        foreach ((float share, string expected) in ((float, string)[])[(0.005f, "4"), (0.25f, "5"), (0.5f, "1"), (0.75f, "2"), (0.995f, "3")])
        {
            await plot.HoverAsync(new() { Position = new() { X = share * box.Width, Y = box.Height / 2 }, Force = true });
            await Expect(value).ToHaveTextAsync(expected);
        }

        await Expect(page.Locator(".tooltip tbody tr td").Nth(2)).ToContainTextAsync("04:04:00");
        if (relative is not null)
            await Expect(page.Locator(".tooltip tbody tr td").Nth(3)).ToHaveTextAsync(relative);
        Assert.That(await PixelsAsync(page, "loss", await ColorAsync(page, "run")), Is.GreaterThan(50));
    }

    [Test]
    public async Task The_theme_that_was_chosen_comes_with_the_page()
    {
        WriteRun("run", 5, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync("", new() { ColorScheme = ColorScheme.Light });
        await page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        await page.RouteAsync("**/main.js", _ => { });

        await page.GotoAsync(Server.PageUrl!.ToString(), new() { WaitUntil = WaitUntilState.Commit });

        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(18, 21, 25)");
    }
}
