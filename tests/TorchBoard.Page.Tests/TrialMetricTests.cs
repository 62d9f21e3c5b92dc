using Microsoft.Playwright;
using TorchBoard.Hyperparameters;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>Metrics of trials that are in sub-runs.</summary>
internal sealed class TrialMetricTests : PageTest
{
    [TestCase("trial")]
    [TestCase("", Description = "the directory itself is the trial")]
    public async Task The_same_tag_of_a_run_and_of_its_sub_run_are_two_metrics(string trial)
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, trial)))
        {
            writer.AddExperiment(new Experiment
            {
                Hyperparameters = [HyperparameterDomain.Between("lr", 0, 1)],
                Metrics = [new("loss"), new("loss", "validation")],
            });
            writer.AddHyperparameters([("lr", 0.5)]);
            writer.AddScalar("loss", 1, 0);
        }

        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, trial, "validation")))
            writer.AddScalar("loss", 2, 0);
        WriteRun("zz", 1, ("loss", _ => 3));
        Serve();
        IPage page = await OpenAsync("tab=trials");

        await Expect(page.Locator(".trials thead button")).ToHaveTextAsync(["Run", "Status", "lr", "loss", "validation/loss"]);
        await Expect(page.Locator(".trials tbody td:not(.empty)")).ToHaveTextAsync(["unknown", "0.5", "1", "2"]);

        // The sub-run is a part of the trial.
        await page.GetByRole(AriaRole.Button, new() { Name = "Show only these in the curves" }).ClickAsync();
        await Expect(page.Locator(".run-row input:checked")).ToHaveCountAsync(trial.Length > 0 ? 2 : 3);
    }
}
