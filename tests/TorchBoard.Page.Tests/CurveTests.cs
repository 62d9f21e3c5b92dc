using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>The charts of scalars: what is drawn, and how exact it is.</summary>
internal sealed class CurveTests : PageTest
{
    [Test]
    public async Task Each_tag_has_a_chart_in_the_group_of_its_prefix_with_a_curve_of_each_run()
    {
        WriteRun("a", 50, ("loss/train", step => 1.0 / (step + 1)), ("accuracy", step => step / 50.0));
        WriteRun("b", 50, ("loss/train", step => 2.0 / (step + 1)));
        Serve();

        IPage page = await OpenAsync("smoothing=0");

        await Expect(page.Locator(".group > summary")).ToHaveTextAsync(["Without prefix1 card", "loss1 card"]);
        await PlotAsync(page, "loss/train");
        await PlotAsync(page, "accuracy");
        Assert.That(await ColorAsync(page, "a"), Is.Not.EqualTo(await ColorAsync(page, "b")));
        await ExpectPixelsAsync(page, "loss/train", "a", Is.GreaterThan(50));
        await ExpectPixelsAsync(page, "loss/train", "b", Is.GreaterThan(50));
        await ExpectPixelsAsync(page, "accuracy", "a", Is.GreaterThan(50));
        await ExpectPixelsAsync(page, "accuracy", "b", Is.Zero);
    }

    [Test]
    public async Task Smoothing_is_the_debiased_moving_average_of_TensorBoard([Values(0.0, 0.6, 0.99, 1.0)] double weight)
    {
        double[] values = [.. Enumerable.Range(0, 500).Select(i => Math.Sin(i * 0.7) * 100 / (i + 1)), double.NaN, 3, double.PositiveInfinity, -7, 1e30, 1e-30];
        WriteRun("a", 1, ("x", _ => 1));
        Serve();
        IPage page = await OpenAsync();

        string[] smoothed = await SmoothAsync(page, values, weight);

        double last = 0;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double expected = values[i];
            if (weight > 0 && double.IsFinite(values[i]))
            {
                last = last * weight + (1 - weight) * values[i];
                count++;
                expected = weight == 1 ? last : last / (1 - Math.Pow(weight, count));
            }

            double actual = double.Parse(smoothed[i], CultureInfo.InvariantCulture);
            // Math.Pow of the two runtimes may differ in the last digit.
            Assert.That(actual, Is.EqualTo(expected).Within(1e-12).Percent.Or.EqualTo(expected), $"at {i}");
        }
    }

    [Test]
    public async Task Smoothing_does_not_change_a_constant()
    {
        WriteRun("a", 1, ("x", _ => 1));
        Serve();
        IPage page = await OpenAsync();

        string[] smoothed = await SmoothAsync(page, [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 0.6);

        Assert.That(smoothed, Is.All.EqualTo("0.1"));
    }

    [Test]
    public async Task Extremes_of_a_reduced_curve_do_not_count_in_its_smoothing()
    {
        var random = new Random(5);
        WriteRun("a", 40_000, ("loss", _ => random.Next(50) == 0 ? 11 : 1));
        Serve();
        IPage page = await OpenAsync("smoothing=0.995");

        Assert.That(await SmoothAsync(page, [1, 9, 1, 3], 0.5, [0, 1, 0, 0]), Is.EqualTo((string[])["1", "1", "1", "2.142857142857143"]));
        Assert.That(await SmoothAsync(page, [0, 9, -9, 4, 9], 0.5, [0, 1, 1, 0, 1]), Is.EqualTo(
            (string[])["0", "0.8888888888888888", "1.7777777777777777", "2.6666666666666665", "2.6666666666666665"]));
        Assert.That(
            await SmoothAsync(page, [9, double.NaN, 5], 0.5, [1, 0, 1]), Is.EqualTo((string[])["9", "NaN", "5"]), "nothing but extremes");

        // Nor in the mean of seeds: 1 and 3 at each step.
        Assert.That(
            await page.EvaluateAsync<double[]>("""
                async () => {
                  const { meansOf } = await import('/curves.js');
                  const curve = (id, ys, extremes) => ({ id, group: 'seeds', xs: [0, 1, 2], ys, raw: ys, extremes });
                  return [...meansOf([curve(1, [1, 9, 1], [0, 1, 0]), curve(2, [3, 3, 3], null)], 'range')[0].ys];
                }
                """),
            Is.EqualTo([2, 2, 2]));

        // The average of all values is 1.2, and that of what the page gets of them 1.8.
        await Card(page, "loss").GetByRole(AriaRole.Button, new() { Name = "Table of values" }).ClickAsync();
        ILocator smoothed = Card(page, "loss").Locator(".values tbody td").First;
        await Expect(smoothed).ToHaveTextAsync(new Regex("^(1$|1\\.[0-4])"));
    }

    [Test]
    public async Task The_values_of_all_runs_under_the_pointer_are_shown_exactly_the_nearest_first()
    {
        WriteRun("low", 101, ("loss", step => 0.1 + step));
        WriteRun("high", 101, ("loss", step => 1000.7 - step));
        Serve();
        IPage page = await OpenAsync("smoothing=0");
        ILocator plot = await PlotAsync(page, "loss");

        await PointAsync(plot, 0.5, 0.1);

        await Expect(Rows(page)).ToHaveCountAsync(2);
        await Expect(Cells(page, 0).First).ToHaveTextAsync("950.7");
        await Expect(Cells(page, 0).Nth(1)).ToHaveTextAsync("50");
        await Expect(Cells(page, 1).First).ToHaveTextAsync("50.1");

        await PointAsync(plot, 0.5, 0.97);
        await Expect(Cells(page, 0).First).ToHaveTextAsync("50.1");
    }

    [Test]
    public async Task Steps_relative_and_wall_times_are_axes()
    {
        WriteRun("a", 20, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync("smoothing=0");

        ILocator plot = await PlotAsync(page, "loss");
        await PointAsync(plot, 1, 0.5);
        await Expect(page.Locator(".tooltip")).ToBeVisibleAsync();

        foreach (string axis in new[] { "relative", "wall", "step" })
        {
            await page.GetByLabel("Axis").SelectOptionAsync(axis);
            await Expect(page).ToHaveURLAsync(axis == "step" ? Without("x") : With($"x={axis}"));
            // The chart is another one for another axis, until the pointer moves without a tooltip.
            await Expect(page.Locator(".tooltip")).ToBeHiddenAsync();
            await PointAsync(plot, 1, 0.5);
            await Expect(page.Locator(".tooltip")).ToBeVisibleAsync();
            await Expect(Cells(page, 0).First).ToHaveTextAsync("19");
        }
    }

    [Test]
    public async Task Values_that_are_not_finite_are_marked_and_counted()
    {
        WriteRun("a", 100, ("loss", step => step switch { 30 => double.NaN, 50 => double.PositiveInfinity, 70 => double.NegativeInfinity, _ => 1 }));
        Serve();
        IPage page = await OpenAsync("smoothing=0");
        ILocator plot = await PlotAsync(page, "loss");

        await Expect(Card(page, "loss").Locator(".note")).ToContainTextAsync("3 values are not finite");
        foreach ((int step, string value) in new[] { (30, "NaN"), (50, "Infinity"), (70, "-Infinity") })
        {
            await PointAsync(plot, step / 99.0, 0.5);
            await Expect(Cells(page, 0).First).ToHaveTextAsync(value);
        }
    }

    [Test]
    public async Task A_point_by_itself_at_the_edge_is_not_cut()
    {
        WriteRun("long", 100, ("loss", step => step));
        WriteRun("point", 1, ("loss", _ => 50));
        Serve();
        IPage page = await OpenAsync("smoothing=0");
        await PlotAsync(page, "loss");

        // A dot of five pixels is half on each side of the axis.
        await EventuallyAsync(
            async () => await Card(page, "loss").EvaluateAsync<int>(
                """
                (card, color) => {
                  const wanted = color.match(/\d+/g).map(Number);
                  const canvas = card.querySelector('canvas');
                  const edge = Math.floor(card.querySelector('.u-over').getBoundingClientRect().left - canvas.getBoundingClientRect().left);
                  const { data } = canvas.getContext('2d').getImageData(0, 0, edge, canvas.height);
                  let count = 0;
                  for (let i = 0; i < data.length; i += 4) {
                    count += data[i + 3] > 100 && Math.abs(data[i] - wanted[0]) + Math.abs(data[i + 1] - wanted[1]) + Math.abs(data[i + 2] - wanted[2]) < 60;
                  }
                  return count;
                }
                """, await ColorAsync(page, "point")),
            Is.GreaterThan(3));
    }

    [Test]
    public async Task A_logarithmic_axis_says_what_it_cannot_show()
    {
        WriteRun("a", 100, ("loss", step => step - 10));
        Serve();

        IPage page = await OpenAsync("log=true&smoothing=0");

        await PlotAsync(page, "loss");
        await Expect(Card(page, "loss").Locator(".note")).ToContainTextAsync("11 values ≤ 0");
        await ExpectPixelsAsync(page, "loss", "a", Is.GreaterThan(50));
    }

    [Test]
    public async Task Outliers_do_not_set_the_range_if_they_are_ignored()
    {
        WriteRun("a", 200, ("loss", step => step == 100 ? 1e6 : Math.Sin(step)));
        Serve();
        IPage page = await OpenAsync("smoothing=0");
        await PlotAsync(page, "loss");
        await ExpectPixelsAsync(page, "loss", "a", Is.GreaterThan(200));
        int flat = await PixelsAsync(page, "loss", await ColorAsync(page, "a"));

        await page.GetByLabel("Ignore outliers").CheckAsync();

        // A sine fills more of the chart than a line with one peak.
        await ExpectPixelsAsync(page, "loss", "a", Is.GreaterThan(flat * 2));
    }

    [Test]
    public async Task A_drag_zooms_the_axis_of_all_charts_and_a_double_click_shows_everything()
    {
        WriteRun("a", 101, ("loss", step => step), ("other", step => -step));
        Serve();
        IPage page = await OpenAsync("smoothing=0");
        ILocator plot = await PlotAsync(page, "loss");
        ILocator other = await PlotAsync(page, "other");

        await DragAsync(page, plot, (0.4, 0.5), (0.6, 0.5));

        await Expect(page).ToHaveURLAsync(With("zoom=step"));
        await PointAsync(other, 0, 0.5);
        await Expect(Cells(page, 0).Nth(1)).ToHaveTextAsync(Near(40));
        await PointAsync(other, 1, 0.5);
        await Expect(Cells(page, 0).Nth(1)).ToHaveTextAsync(Near(60));

        await plot.DblClickAsync();

        await Expect(page).ToHaveURLAsync(Without("zoom"));
        await PointAsync(other, 0, 0.5);
        await Expect(Cells(page, 0).Nth(1)).ToHaveTextAsync("0");
    }

    [Test]
    public async Task Shift_and_drag_pans()
    {
        WriteRun("a", 101, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync("smoothing=0&zoom=step~20~40");
        ILocator plot = await PlotAsync(page, "loss");

        await page.Keyboard.DownAsync("Shift");
        await DragAsync(page, plot, (0.75, 0.5), (0.25, 0.5));
        await page.Keyboard.UpAsync("Shift");

        await PointAsync(plot, 0, 0.5);
        await Expect(Cells(page, 0).Nth(1)).ToHaveTextAsync(Near(30));
    }

    [Test]
    public async Task A_chart_can_be_read_and_zoomed_with_keys()
    {
        WriteRun("a", 101, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync("smoothing=0");
        await PlotAsync(page, "loss");
        ILocator chart = Card(page, "loss").Locator(".chart");

        await chart.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Cells(page, 0).First).ToHaveTextAsync("98");
        await page.Keyboard.PressAsync("+");
        await Expect(page).ToHaveURLAsync(With("zoom=step~15~85"));
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(page).ToHaveURLAsync(With("zoom=step~22~92"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(page).ToHaveURLAsync(Without("zoom"));
        await Expect(page.Locator(".tooltip")).ToBeHiddenAsync();
    }

    [Test]
    public async Task Seeds_become_their_mean_with_a_band()
    {
        for (int seed = 0; seed < 3; seed++)
            WriteRun($"adam-seed{seed}", 11, ("loss", step => 10 * seed + step));
        Serve();
        IPage page = await OpenAsync("smoothing=0");
        ILocator plot = await PlotAsync(page, "loss");

        await page.GetByLabel("Mean of seeds").SelectOptionAsync("number");

        await PointAsync(plot, 0, 0.5);
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Expect(Rows(page).First).ToContainTextAsync("adam");
        await Expect(Rows(page).First).ToContainTextAsync("mean of 3");
        // Mean, mean − deviation, mean + deviation, of 0, 10 and 20.
        await Expect(Cells(page, 0)).ToHaveTextAsync(["10", "0", "20", "0"]);

        await page.GetByLabel("Band").SelectOptionAsync("range");
        await page.GetByLabel("Mean of seeds").SelectOptionAsync("expression");
        await page.Locator("#runs-group-by").FillAsync("(adam)-seed[01]");
        await PointAsync(plot, 1, 0.5);
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await Expect(Rows(page).Filter(new() { HasText = "mean of 2" }).Locator("td")).ToHaveTextAsync(["15", "10", "20", "10", "", ""]);
    }

    [Test]
    public async Task A_mean_of_seeds_has_the_smoothed_values_and_those_that_were_logged()
    {
        for (int seed = 0; seed < 2; seed++)
            WriteRun($"adam-seed{seed}", 2, ("loss", step => 10 * seed + step));
        Serve();
        IPage page = await OpenAsync("smoothing=0.5&group=number");
        ILocator plot = await PlotAsync(page, "loss");

        await PointAsync(plot, 1, 0.5);

        // The values 1 and 11; smoothed, (0.25 · 0 + 0.5 · 1) / 0.75 and 10 more.
        await Expect(Cells(page, 0)).ToHaveTextAsync(["5.66667", "6", "-1.4044", "12.7377", "1"]);
    }

    [Test]
    public async Task A_pinned_chart_is_at_the_top_and_in_the_URL()
    {
        WriteRun("a", 10, ("loss", step => step), ("z/last", step => step));
        Serve();
        IPage page = await OpenAsync();
        await PlotAsync(page, "z/last");

        await Card(page, "z/last").GetByRole(AriaRole.Button, new() { Name = "Pin to the top" }).ClickAsync();

        await Expect(page.Locator(".group > summary").First).ToHaveTextAsync("Pinned1 card");
        await Expect(page).ToHaveURLAsync(With("pins=z%2Flast"));
        await page.ReloadAsync();
        await Expect(page.Locator(".group > summary").First).ToHaveTextAsync("Pinned1 card");
        await Expect(page.Locator(".group").First.Locator("article")).ToHaveAttributeAsync("aria-label", "z/last");
    }

    [Test]
    public async Task A_table_of_all_values_follows_the_pointer()
    {
        WriteRun("a", 11, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync("smoothing=0");
        ILocator plot = await PlotAsync(page, "loss");

        await Card(page, "loss").GetByRole(AriaRole.Button, new() { Name = "Table of values" }).ClickAsync();

        ILocator value = Card(page, "loss").Locator(".values tbody td").First;
        await Expect(value).ToHaveTextAsync("10");
        await PointAsync(plot, 0.5, 0.5);
        await Expect(value).ToHaveTextAsync("5");
    }

    private static Regex Near(int step) => new($"^({step - 1}|{step}|{step + 1})$");

    private static ILocator Rows(IPage page) => page.Locator(".tooltip tbody tr");

    private static ILocator Cells(IPage page, int row) => Rows(page).Nth(row).Locator("td");

    private static Task<string[]> SmoothAsync(IPage page, double[] values, double weight, int[]? extremes = null) => page.EvaluateAsync<string[]>(
        "async ([values, weight, extremes]) => { const { smooth } = await import('/smoothing.js'); return [...smooth(Float64Array.from(values, Number), weight, extremes)].map(String); }",
        new object?[] { values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)).ToArray(), weight, extremes });

    /// <summary>Moves the pointer to a share of a chart's width and height.</summary>
    private static async Task PointAsync(ILocator plot, double x, double y)
    {
        double[] size = await plot.EvaluateAsync<double[]>("e => [e.clientWidth, e.clientHeight]");
        await plot.HoverAsync(new() { Position = At(size, x, y), Force = true });
    }

    private static async Task DragAsync(IPage page, ILocator plot, (double X, double Y) from, (double X, double Y) to)
    {
        await PointAsync(plot, from.X, from.Y);
        await page.Mouse.DownAsync();
        await PointAsync(plot, to.X, to.Y);
        await page.Mouse.UpAsync();
    }

    private static Position At(double[] size, double x, double y) => new()
    {
        X = (float)Math.Clamp(x * size[0], 0.5, size[0] - 0.5),
        Y = (float)Math.Clamp(y * size[1], 0.5, size[1] - 0.5),
    };
}
