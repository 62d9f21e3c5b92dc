using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TorchBoard.Hyperparameters;
using TorchBoard.Server;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>The page and its data as one file, opened from disk: no server is asked.</summary>
internal sealed class ReportTests : PageTest
{
    [Test]
    public async Task A_report_opened_from_disk_shows_curves_and_trials()
    {
        foreach (string run in new[] { "a", "b</script><script>alert(1)" })
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, run.Replace('/', '-')));
            writer.AddHyperparameters([("lr", 0.1)]);
            for (long step = 0; step < 50; step++)
                writer.AddScalar("loss</script>", step == 20 ? double.NaN : step, step);
            writer.EndHyperparameters(RunStatus.Success);
        }

        string file = await WriteReportAsync();

        IBrowserContext context = await Browser.Instance.NewContextAsync(new() { Locale = "en-US" });
        await using var _ = context;
        IPage report = await context.NewPageAsync();
        var asked = new ConcurrentQueue<string>();
        var faults = new List<string>();
        report.Request += (_, request) => asked.Enqueue(new Uri(request.Url).Scheme);
        report.PageError += (_, error) => faults.Add(error);
        report.Dialog += (_, dialog) => faults.Add(dialog.Message);
        await report.GotoAsync(new Uri(file).AbsoluteUri + "#smoothing=0");

        await PlotAsync(report, "loss</script>");
        await Expect(report.Locator(".status")).ToHaveTextAsync("Report");
        await Expect(Card(report, "loss</script>").Locator(".note")).ToContainTextAsync("2 values are not finite");
        await report.GetByRole(AriaRole.Checkbox, new() { Name = "a", Exact = true }).UncheckAsync();
        await Expect(Card(report, "loss</script>").Locator(".note")).ToContainTextAsync("1 values are not finite");

        await report.GetByRole(AriaRole.Tab, new() { Name = "Trials" }).ClickAsync();
        await Expect(report.Locator(".trials tbody tr")).ToHaveCountAsync(2);
        Assert.That(asked, Is.SubsetOf(new[] { "file", "data", "blob" }));
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task Extremes_do_not_count_in_the_smoothing_of_a_report_either()
    {
        var random = new Random(5);
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "a")))
        {
            for (long step = 0; step < 40_000; step++)
                writer.AddScalar("loss", random.Next(50) == 0 ? 11f : 1f, step);
        }

        string file = await WriteReportAsync();
        IBrowserContext context = await Browser.Instance.NewContextAsync(new() { Locale = "en-US" });
        await using var _ = context;
        IPage report = await context.NewPageAsync();
        await report.GotoAsync(new Uri(file).AbsoluteUri + "#smoothing=0.995");

        await PlotAsync(report, "loss");
        await Card(report, "loss").GetByRole(AriaRole.Button, new() { Name = "Table of values" }).ClickAsync();

        // The average of all values is 1.2, and that of the thousand points of the report, with many peaks, 3.8.
        await Expect(Card(report, "loss").Locator(".values tbody td").First).ToHaveTextAsync(new Regex("^(0\\.9|1$|1\\.[0-5])"));
    }

    private async Task<string> WriteReportAsync()
    {
        string file = Path.Combine(LogDirectory, "report.html");
        await using FileStream output = File.Create(file);
        await RunReport.WriteAsync(LogDirectory, output);
        return file;
    }
}
