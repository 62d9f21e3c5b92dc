using System.Text;
using Microsoft.Playwright;
using TorchBoard.Imaging;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>What the page says is what was logged: steps that a browser's numbers cannot hold, and how much is left out.</summary>
internal sealed class ExactTests : PageTest
{
    private const long Beyond = (1L << 53) + 1;

    [Test]
    public async Task Steps_beyond_what_numbers_of_a_browser_hold_are_shown_and_saved_exactly()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
        {
            writer.AddScalar("near", 1, 134_217_728);
            writer.AddScalar("far", 1, Beyond);
            writer.AddScalar("far", 2, long.MaxValue);
        }

        Serve();
        IPage page = await OpenAsync("smoothing=0");
        await PlotAsync(page, "far");
        foreach (string tag in (string[])["far", "near"])
            await Card(page, tag).GetByLabel("Table of values").ClickAsync();
        await Expect(Card(page, "far").Locator(".values tbody tr").First).ToContainTextAsync("9223372036854775807");
        await Expect(Card(page, "near").Locator(".values tbody tr").First).ToContainTextAsync("134217728");

        await Card(page, "far").Locator(".chart").FocusAsync();
        for (int i = 0; i < 50; i++)
            await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator(".tooltip")).ToContainTextAsync("9007199254740993");

        Assert.That(await CsvAsync(page, "far"), Does.Contain($",{Beyond},").And.Contain($",{long.MaxValue},"));
    }

    [Test]
    public async Task Values_of_steps_that_differ_only_beyond_2_to_53_are_told_apart()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
        {
            // As numbers of a browser, the last two are the same; as text, the order would be another one.
            foreach ((long step, byte gray) in new[] { (-long.MaxValue, (byte)0), (5, (byte)50), (Beyond - 1, (byte)100), (Beyond, (byte)200) })
                writer.AddImage("picture", [gray], step, ImageLayout.Hw, [1, 1]);
        }

        Serve();
        IPage page = await OpenAsync("tab=images");
        ILocator label = page.Locator(".step-label");
        ILocator slider = page.GetByRole(AriaRole.Slider, new() { Name = "Step" });
        await Expect(label).ToHaveTextAsync($"Step {Beyond}");
        Assert.That(await GrayAsync(page), Is.EqualTo(200));

        foreach ((string step, int gray) in new[] { ("9007199254740992", 100), ("5", 50), ("-9223372036854775807", 0) })
        {
            await slider.PressAsync("ArrowLeft");
            await Expect(label).ToHaveTextAsync($"Step {step}");
            await page.WaitForFunctionAsync($"() => decodeURIComponent(document.querySelector('button.picture img').src).includes('step={step}&')");
            Assert.That(await GrayAsync(page), Is.EqualTo(gray));
        }
    }

    [Test]
    public async Task A_reduced_curve_says_so_in_its_card_and_when_it_is_saved()
    {
        const int points = 25_000;
        WriteRun("run", points, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();
        await PlotAsync(page, "loss");
        ILocator note = Card(page, "loss").Locator(".note");
        await Expect(note).ToContainTextAsync("of 25000 points of each run at most");

        string csv = await CsvAsync(page, "loss");
        int lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1;
        Assert.That(lines, Is.InRange(5_000, 10_000));
        await Expect(note).ToContainTextAsync($"The CSV has {lines} of 25000 points; torchboard export writes all");
    }

    [Test]
    public async Task Pictures_of_which_not_all_are_kept_say_so()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
        {
            for (int step = 0; step < 50; step++)
                writer.AddImage("picture", new byte[16], step, ImageLayout.Hw, [4, 4]);
        }

        Serve();
        IPage page = await OpenAsync("tab=images");
        await Expect(Card(page, "picture").Locator("> .note")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^(\d|10) of 50 values are kept$"));
    }

    private static Task<int> GrayAsync(IPage page) => page.Locator("button.picture img").EvaluateAsync<int>(
        """
        async img => {
          await img.decode();
          const canvas = new OffscreenCanvas(1, 1).getContext('2d');
          canvas.drawImage(img, 0, 0);
          return canvas.getImageData(0, 0, 1, 1).data[0];
        }
        """);

    private static async Task<string> CsvAsync(IPage page, string tag)
    {
        await Card(page, tag).GetByLabel("Save as").ClickAsync();
        IDownload download = await page.RunAndWaitForDownloadAsync(
            () => Card(page, tag).GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
