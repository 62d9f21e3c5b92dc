using Microsoft.Playwright;
using TorchBoard.Histograms;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests.Kinds;

internal sealed class HistogramsTests : PageTest
{
    [Test]
    public async Task Ridges_heat_and_bands_are_drawn_in_the_color_of_the_run([Values("ridges", "heat", "bands")] string mode)
    {
        Write();
        IPage page = await OpenAsync("tab=histograms");
        ILocator canvas = Card(page, "weights").Locator("canvas");
        await Expect(Card(page, "weights")).ToContainTextAsync("2 steps");
        await EventuallyAsync(() => ColoredAsync(canvas), Is.GreaterThan(500));
        string ridges = await PictureAsync(canvas);

        await page.Locator(".tools select").SelectOptionAsync(mode);

        if (mode != "ridges")
        {
            await Expect(page).ToHaveURLAsync(With($"distribution={mode}"));
            await EventuallyAsync(() => PictureAsync(canvas), Is.Not.EqualTo(ridges));
        }

        await EventuallyAsync(() => ColoredAsync(canvas), Is.GreaterThan(500));
    }

    [Test]
    public async Task Keys_read_exact_buckets()
    {
        Write();
        IPage page = await OpenAsync("tab=histograms");
        await Expect(Card(page, "weights")).ToContainTextAsync("2 steps");
        ILocator canvas = Card(page, "weights").Locator("canvas");
        await ExpectInkAsync(canvas, 500);
        await canvas.FocusAsync();

        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator(".tooltip")).ToContainTextAsync("Step20");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator(".tooltip")).ToHaveTextAsync("Step10Bucket0 … 1Count2 of 6");
        await page.Keyboard.PressAsync("ArrowRight");

        await Expect(page.Locator(".tooltip")).ToHaveTextAsync("Step10Bucket1 … 2Count3 of 6");
        await Expect(Card(page, "weights").Locator(".aloud")).ToHaveTextAsync("Step 10, Bucket 1 … 2, Count 3 of 6");
    }

    [Test]
    public async Task Percentiles_are_those_of_TensorBoard()
    {
        Write();
        IPage page = await OpenAsync();
        var random = new Random(5);
        for (int trial = 0; trial < 30; trial++)
        {
            int count = trial == 0 ? 1 : random.Next(1, 40);
            double[] edges = new double[count + 1];
            double[] counts = new double[count];
            edges[0] = random.NextDouble() - 0.5;
            for (int i = 0; i < count; i++)
            {
                edges[i + 1] = edges[i] + random.NextDouble();
                counts[i] = trial == 1 ? 0 : random.Next(4) == 0 ? 0 : random.Next(100);
            }

            double[] actual = await page.EvaluateAsync<double[]>(
                "async h => (await import('/kinds/distribution.js')).percentiles(h)", new { edges, counts });

            Assert.That(actual, Is.EqualTo(Compress(edges, counts)).Within(1e-9), $"trial {trial}");
        }
    }

    [Test]
    public async Task Bins_have_all_values_of_the_buckets()
    {
        Write();
        IPage page = await OpenAsync();

        double[] bins = await page.EvaluateAsync<double[]>(
            """
            async () => [...(await import('/kinds/distribution.js')).resample({ edges: [0, 0, 1, 4], counts: [3, 4, 6] }, 0, 4, 4)]
            """);

        Assert.That(bins, Is.EqualTo([7, 2, 2, 2]).Within(1e-12));
    }

    /// <summary>How many pixels of a canvas are not gray.</summary>
    private static Task<int> ColoredAsync(ILocator canvas) => canvas.EvaluateAsync<int>(
        """
        canvas => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) {
            count += data[i + 3] > 60 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 30;
          }
          return count;
        }
        """);

    private void Write()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "a")))
        {
            writer.AddHistogram("weights", new Histogram(-1, 2, 6, 3, 9, [0, 1, 2], [1, 2, 3]), 10);
            writer.AddHistogram("weights", new Histogram(-2, 3, 60, 3, 9, [0, 1, 3], [10, 20, 30]), 20);
        }

        Serve();
    }

    // compress_histogram of TensorBoard's compressor.py.
    private static double[] Compress(double[] edges, double[] counts)
    {
        double[] points = [0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10000];
        double total = counts.Sum();
        double sum = 0;
        double[] weights = [.. counts.Select(count => sum += count * 10000 / (total == 0 ? 1 : total))];
        var result = new List<double>();
        int at = 0;
        while (at < points.Length)
        {
            int i = 0;
            while (i < weights.Length && weights[i] <= points[at])
                i++;
            while (i < weights.Length && weights[i] == (i > 0 ? weights[i - 1] : 0))
                i++;
            if (i == weights.Length)
                break;
            double before = i > 0 ? weights[i - 1] : 0;
            double left = i == 0 || before == 0 ? edges[0] : Math.Max(edges[i], edges[0]);
            double right = Math.Min(edges[i + 1], edges[^1]);
            result.Add(left + ((points[at] - before) / (weights[i] - before) * (right - left)));
            at++;
        }

        while (at++ < points.Length)
            result.Add(edges[^1]);
        return [.. result];
    }
}
