using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests.Kinds;

internal sealed class PlayersAndCurvesTests : PageTest
{
    [Test]
    public async Task A_clip_can_be_played_at_each_step()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "a")))
        {
            writer.AddAudio<float>("speech", new float[8000], 1, 8000);
            writer.AddAudio<float>("speech", new float[16000], 2, 8000);
        }

        Serve();
        IPage page = await OpenAsync("tab=audios");
        ILocator audio = Card(page, "speech").Locator("audio");
        await Expect(audio).ToHaveAttributeAsync("aria-label", "speech, a, step 2, clip 1");
        await Expect(Card(page, "speech")).ToContainTextAsync("8000 Hz · mono");
        Assert.That(await DurationAsync(audio), Is.EqualTo(2).Within(0.01));

        await Card(page, "speech").GetByRole(AriaRole.Slider).FillAsync("0");

        await Expect(audio).ToHaveAttributeAsync("aria-label", "speech, a, step 1, clip 1");
        Assert.That(await DurationAsync(audio), Is.EqualTo(1).Within(0.01));
    }

    [Test]
    public async Task PR_curves_of_all_runs_have_the_counts_at_the_threshold()
    {
        foreach (string run in (string[])["a", "b"])
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, run));
            writer.AddPrCurve<float>("digits", [true, false, true, false], [0.9f, 0.6f, run == "a" ? 0.4f : 0.8f, 0.1f], 4, 11);
        }

        Serve();
        IPage page = await OpenAsync("tab=prcurves");
        ILocator card = Card(page, "digits");
        await Expect(card.Locator("polyline")).ToHaveCountAsync(2);
        await Expect(card.Locator("tbody tr").First).ToHaveTextAsync("a40.50.50.51111");
        await Expect(card.Locator("tbody tr").Nth(1)).ToHaveTextAsync("b40.50.6666671 2110".Replace(" ", ""));

        await page.GetByLabel("Threshold").First.FillAsync("0.7");

        await Expect(page).ToHaveURLAsync(With("threshold=0.7"));
        await Expect(card.Locator("tbody tr").First).ToHaveTextAsync("a40.710.51021");
        await Expect(card.Locator("tbody tr").Nth(1)).ToHaveTextAsync("b40.7112020");
    }

    private static Task<double> DurationAsync(ILocator audio) => audio.EvaluateAsync<double>(
        "a => new Promise((resolve, reject) => { a.onloadedmetadata = () => resolve(a.duration); a.onerror = () => reject(new Error('no sound')); a.preload = 'metadata'; a.load(); })");
}
