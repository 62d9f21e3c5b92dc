using Microsoft.Playwright;
using TorchBoard.Embeddings;
using TorchBoard.Server;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests.Kinds;

/// <summary>What a report can do without a server.</summary>
internal sealed class ReportKindsTests : PageTest
{
    // Of "from", "turned" is the nearest by angle, "close" the nearest by distance; the last number is large, so that it is the
    // principal component and the space shown would tell otherwise.
    private static readonly float[] Vectors = [1, 0, 0, 0, 9, 0.1f, 0, 0, 1, 1, 0, 0, -9, -9, 90, -90];

    [TestCase("cosine", "turned")]
    [TestCase("euclidean", "close")]
    public async Task Neighbors_in_a_report_are_those_of_the_vectors(string metric, string nearest)
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
            writer.AddEmbedding<float>("e", Vectors, 0, 4, new EmbeddingOptions { Labels = ["from", "turned", "close", "far"] });
        Serve();
        IPage live = await OpenAsync("tab=embeddings");
        string[] expected = await NeighborsAsync(live, metric);
        Assert.That(expected[0], Does.StartWith(nearest));

        IPage report = await OpenReportAsync();
        Assert.That(await NeighborsAsync(report, metric), Is.EqualTo(expected));
        await Expect(report.Locator(".graph-details .note")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_report_that_leaves_out_the_vectors_says_that_neighbors_are_those_of_the_space_shown()
    {
        const int count = 5000, dimensions = 64;
        var random = new Random(1);
        float[] many = [.. Enumerable.Range(0, count * dimensions).Select(_ => random.NextSingle())];
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
        {
            writer.AddEmbedding<float>(
                "e", many, 0, dimensions, new EmbeddingOptions { Labels = [.. Enumerable.Range(0, count).Select(i => i == 7 ? "from" : $"{i}")] });
        }

        Serve();
        var warnings = new List<string>();
        IPage report = await OpenReportAsync(new RunReportOptions { MaxBytes = 1 << 20, OnWarning = warnings.Add });
        await NeighborsAsync(report, "cosine");
        await Expect(report.Locator(".graph-details .note")).ToContainTextAsync("this report leaves out the vectors");
        Assert.That(warnings.Single(), Does.Contain("leaves out 1 vectors of embeddings"));
    }

    private async Task<IPage> OpenReportAsync(RunReportOptions? options = null)
    {
        string file = Path.Combine(LogDirectory, "report.html");
        await using (FileStream output = File.Create(file))
            await RunReport.WriteAsync(LogDirectory, output, options);
        IPage page = await OpenAsync();
        await page.GotoAsync(new Uri(file).AbsoluteUri + "#tab=embeddings");
        return page;
    }

    private static async Task<string[]> NeighborsAsync(IPage page, string metric)
    {
        await page.GetByLabel("Distance").SelectOptionAsync(metric);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search labels" }).FillAsync("from");
        await page.Locator(".graph-details li button").ClickAsync();
        await Expect(page.Locator(".graph-details h2")).ToHaveTextAsync("Nearest neighbors of from");
        return [.. (await page.Locator(".graph-details li").AllInnerTextsAsync()).Select(text => text.Trim())];
    }
}
