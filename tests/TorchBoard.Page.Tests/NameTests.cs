using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>Names of runs that have no room: what they differ by, their end, is seen.</summary>
internal sealed class NameTests : PageTest
{
    private const string Long = "sweep-of-learning-rates/lr=0.001,optimizer=adam,weight_decay=0.1,warmup=500,layers=12,seed=3";

    [TestCase("tab=charts", ".run-row")]
    [TestCase("tab=charts", ".tooltip")]
    [TestCase("tab=trials", ".trials")]
    public async Task A_long_name_is_cut_in_its_middle(string view, string place)
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, Long)))
        {
            writer.AddHyperparameters([("seed", 3)]);
            writer.AddScalar("loss", 1, 0);
        }

        Serve();
        IPage page = await OpenAsync(view);
        if (place == ".tooltip")
            await (await PlotAsync(page, "loss")).HoverAsync();

        ILocator name = page.Locator($"{place} .path");
        await Expect(name).ToHaveTextAsync(Long);
        await Expect(name).ToHaveAttributeAsync("title", Long);
        await Expect(name.Locator(".end")).ToHaveTextAsync("rs=12,seed=3");
        await EventuallyAsync(() => WhatIsCutAsync(name), Is.EqualTo(new[] { "folder", "start" }));
        // The end is where it is seen.
        await EventuallyAsync(
            () => name.EvaluateAsync<double>(
                """
                path => {
                  const end = path.querySelector('.end').getBoundingClientRect();
                  const around = path.getBoundingClientRect();
                  return Math.max(around.left - end.left, end.right - around.right);
                }
                """),
            Is.LessThan(1));
    }

    [TestCase("gradient descent 0.01 clipped", 3840)]
    [TestCase("sweep/gradient descent 0.01 clipped", 3840)]
    [TestCase("a-folder-of-runs/gradient descent", 1280, "folder")]
    public async Task A_name_that_has_room_is_whole(string run, int width, params string[] cut)
    {
        WriteRun(run, 2, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync("", new() { ViewportSize = new() { Width = width, Height = 1200 } });

        ILocator name = page.Locator(".run-row .path");
        await Expect(name).ToHaveTextAsync(run);
        await EventuallyAsync(() => WhatIsCutAsync(name), Is.EqualTo(cut));
        // Also the spaces where it is parted.
        Assert.That(
            await name.EvaluateAsync<string[]>("path => [...path.children].map(e => getComputedStyle(e).whiteSpace)"), Is.All.EqualTo("pre"));
    }

    [TestCase("سلسلة من التجارب الطويلة جدا", null, TestName = "Letters_that_join_are_not_parted")]
    [TestCase("实验一实验二实验三实验四实验五", null, TestName = "A_name_of_few_letters_is_not_parted")]
    [TestCase("实验一实验二实验三实验四实验五实验六", "实验三实验四实验五实验六", TestName = "A_Chinese_name_is_parted")]
    [TestCase("😀😀😀😀😀😀😀😀😀😀😀😀seed=3", "seed=3", TestName = "Half_a_letter_is_not_an_end")]
    public async Task A_name_is_parted_where_it_can_be(string run, string? end)
    {
        WriteRun(run, 2, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();

        await Expect(page.Locator(".run-row label")).ToHaveTextAsync(run);
        await Expect(page.Locator(".run-row .end")).ToHaveTextAsync(end is null ? [] : [end]);
    }

    [Test]
    public async Task A_name_that_is_read_from_the_right_begins_at_the_right()
    {
        WriteRun("ניסוי ארוך מאוד של הרשת/קצב-למידה-0.001-seed=3", 2, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();

        await Expect(page.Locator(".run-row .end")).ToBeVisibleAsync();
        Assert.That(
            await page.Locator(".run-row .path").EvaluateAsync<string[]>(
                "path => [...path.children].sort((a, b) => b.getBoundingClientRect().left - a.getBoundingClientRect().left).map(e => e.className)"),
            Is.EqualTo(new[] { "folder", "start", "end" }));
    }

    // An ellipsis takes letters where a hundredth of a pixel is missing.
    private static Task<string[]> WhatIsCutAsync(ILocator name) => name.EvaluateAsync<string[]>(
        """
        path => [...path.children].filter(part => {
          const text = document.createRange();
          text.selectNodeContents(part);
          return text.getBoundingClientRect().width > part.getBoundingClientRect().width + 0.01;
        }).map(part => part.className)
        """);
}
