using Microsoft.Playwright;
using TorchBoard.Hyperparameters;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>Hyperparameters and metrics, as a table and as parallel coordinates.</summary>
internal sealed class TrialTests : PageTest
{
    private const int Trials = 24;

    [SetUp]
    public void Write()
    {
        for (int i = 0; i < Trials; i++)
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, $"trial-{i:00}"));
            writer.AddHyperparameters([("lr", Math.Pow(10, -1 - i % 4)), ("optimizer", i % 2 == 0 ? "adam" : "sgd"), ("augment", i % 3 == 0)]);
            writer.AddScalar("loss", 5 + i, 0);
            writer.AddScalar("loss", 100 - i, 1);
            writer.EndHyperparameters(i % 6 == 5 ? RunStatus.Failure : RunStatus.Success);
        }

        Serve();
    }

    [Test]
    public async Task Each_trial_is_a_row_of_hyperparameters_and_metrics_and_a_line_through_the_axes()
    {
        IPage page = await OpenAsync("tab=trials");

        await Expect(Rows(page)).ToHaveCountAsync(Trials);
        await Expect(Cells(page, "trial-01")).ToHaveTextAsync(["success", "false", "0.01", "sgd", "99"]);
        await Expect(Cells(page, "trial-05").First).ToHaveTextAsync("failed");
        await Expect(page.Locator(".axis-title")).ToHaveTextAsync(["augmentaugment", "lrlr", "optimizeroptimizer", "lossloss"]);
        await Expect(page.Locator("path.trial")).ToHaveCountAsync(Trials);

        await page.GetByLabel("Metrics").SelectOptionAsync("min");
        await Expect(Cells(page, "trial-01").Last).ToHaveTextAsync("6");
    }

    [Test]
    public async Task A_click_on_a_head_sorts_a_second_one_the_other_way()
    {
        IPage page = await OpenAsync("tab=trials");
        ILocator head = page.GetByRole(AriaRole.Columnheader, new() { Name = "loss" });

        await head.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Rows(page).First).ToContainTextAsync("trial-23");
        await Expect(head).ToHaveAttributeAsync("aria-sort", "ascending");

        await head.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Rows(page).First).ToContainTextAsync("trial-00");
        await Expect(page).ToHaveURLAsync(With("trialSort=-m%3Aloss"));
    }

    [TestCase("lr", "0.005..0.05", 6)]
    [TestCase("lr", ">0.005", 12)]
    [TestCase("lr", "<=0.001", 12)]
    [TestCase("lr", "..0.0005", 6)]
    [TestCase("optimizer", "^a", 12)]
    [TestCase("augment", "true", 8)]
    [TestCase("loss", "=99", 1)]
    public async Task Ranges_comparisons_and_texts_filter(string column, string filter, int expected)
    {
        IPage page = await OpenAsync("tab=trials");

        await page.GetByLabel($"Filter {column}:").FillAsync(filter);

        await Expect(Rows(page)).ToHaveCountAsync(expected);
        await Expect(page.Locator(".tools [role=status]")).ToHaveTextAsync($"{expected} of {Trials} trials");
        await Expect(page.Locator("path.trial:not(.out)")).ToHaveCountAsync(expected);
    }

    [Test]
    public async Task A_drag_along_an_axis_filters_and_a_double_click_clears()
    {
        IPage page = await OpenAsync("tab=trials");
        (float x, float top, float middle) = await RateAxisAsync(page);

        await page.Mouse.MoveAsync(x, top);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x, middle);
        await page.Mouse.UpAsync();

        await Expect(Rows(page)).ToHaveCountAsync(12);
        await page.Locator(".axis .handle").Nth(1).DblClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(Trials);
    }

    [Test]
    public async Task A_drag_along_an_axis_goes_on_when_new_values_arrive()
    {
        IPage page = await OpenAsync("tab=trials");
        (float x, float top, float middle) = await RateAxisAsync(page);
        await page.Mouse.MoveAsync(x, top);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x, (top + middle) / 2);

        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "trial-00")))
            writer.AddScalar("loss", 500, 2);
        await Expect(Cells(page, "trial-00").Last).ToHaveTextAsync("500");
        await page.Mouse.MoveAsync(x, middle);
        await page.Mouse.UpAsync();

        await Expect(Rows(page)).ToHaveCountAsync(12);
        await Expect(page.Locator("path.trial:not(.out)")).ToHaveCountAsync(12);
    }

    [Test]
    public async Task Columns_can_be_chosen()
    {
        IPage page = await OpenAsync("tab=trials");
        await page.Locator("summary", new() { HasText = "Columns" }).ClickAsync();

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "optimizer" }).UncheckAsync();

        await Expect(page.Locator(".trials thead tr").First.Locator("th")).ToHaveTextAsync(["Run", "Status", "augment", "lr", "loss"]);
    }

    [Test]
    public async Task What_passed_the_filters_becomes_the_selection_of_the_curves()
    {
        IPage page = await OpenAsync("tab=trials");
        await page.GetByLabel("Filter loss:").FillAsync("98..");
        await Expect(Rows(page)).ToHaveCountAsync(3);

        await page.GetByRole(AriaRole.Button, new() { Name = "Show only these in the curves" }).ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Curves" }).ClickAsync();

        await Expect(page.Locator("#runs h2")).ToHaveTextAsync($"Runs 3 of {Trials}");
        await Card(page, "loss").GetByRole(AriaRole.Button, new() { Name = "Table of values" }).ClickAsync();
        await Expect(Card(page, "loss").Locator(".values tbody th")).ToHaveTextAsync(["trial-00", "trial-01", "trial-02"]);
    }

    [Test]
    public async Task The_check_box_of_a_row_is_that_of_the_panel()
    {
        IPage page = await OpenAsync("tab=trials");

        await page.GetByLabel("Show trial-03 in the curves").UncheckAsync();

        await Expect(page.Locator("#runs").GetByRole(AriaRole.Checkbox, new() { Name = "trial-03" })).Not.ToBeCheckedAsync();
        await Expect(page.Locator("path.trial:not(.out)")).ToHaveCountAsync(Trials - 1);
    }

    /// <summary>Where the upper half of the axis of learning rates is, which is logarithmic from 0.0001 to 0.1.</summary>
    private static async Task<(float X, float Top, float Middle)> RateAxisAsync(IPage page)
    {
        // The axes are drawn again when the metrics have arrived, and for the width that the table leaves.
        await Expect(page.Locator(".axis .handle")).ToHaveCountAsync(4);
        float[] box = await page.EvaluateAsync<float[]>(
            """
            async () => {
              const measure = () => {
                const { x, y, width, height } = document.querySelectorAll('.axis .handle')[1].getBoundingClientRect();
                return [x, y, width, height];
              };
              for (let box = measure(); ; ) {
                const before = box;
                await new Promise(requestAnimationFrame);
                box = measure();
                if (box.every((value, i) => value === before[i])) {
                  return box;
                }
              }
            }
            """);
        return (box[0] + box[2] / 2, box[1] + 1, box[1] + box[3] / 2);
    }

    private static ILocator Rows(IPage page) => page.Locator(".trials tbody tr[data-run]");

    private static ILocator Cells(IPage page, string run) => Rows(page).Filter(new() { HasText = run }).Locator("td");
}
