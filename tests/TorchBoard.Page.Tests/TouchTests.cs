using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TorchBoard.Graphs;
using TorchBoard.Imaging;
using static Microsoft.Playwright.Assertions;

namespace TorchBoard.Page.Tests;

/// <summary>Fingers, as the browser gets them from a screen: one moves, two zoom.</summary>
internal sealed class TouchTests : PageTest
{
    private static readonly BrowserNewContextOptions Phone =
        new() { HasTouch = true, IsMobile = true, ViewportSize = new() { Width = 400, Height = 800 } };

    private ICDPSession _screen = null!;

    [Test]
    public async Task Two_fingers_zoom_all_curves_around_them_and_one_moves_them()
    {
        WriteRun("run", 101, ("a", step => step), ("b", step => step));
        Serve();
        IPage page = await OpenOnPhoneAsync("smoothing=0&runs=");
        ILocator plot = await PlotAsync(page, "a");
        LocatorBoundingBoxResult box = await SettledAsync(plot);
        (float middle, float y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));

        // Twice as far apart: half the range, around the middle.
        await MoveAsync([(middle - 40, y), (middle + 40, y)], [(middle - 80, y), (middle + 80, y)]);
        await Expect(page).ToHaveURLAsync(With("zoom=step~"));
        await EventuallyAsync(() => ZoomAsync(page), Is.EqualTo((25.0, 75.0)).Using<(double From, double To)>(Near));
        (double from, double to) = await ZoomAsync(page);

        // A quarter of the width to the right: a quarter of the range to the left.
        await MoveAsync([(middle, y)], [(middle + (box.Width / 4), y)]);
        double quarter = (to - from) / 4;
        await EventuallyAsync(
            () => ZoomAsync(page), Is.EqualTo((from - quarter, to - quarter)).Using<(double From, double To)>(Near));
        (double left, double right) = await ZoomAsync(page);
        Assert.That(right - left, Is.EqualTo(to - from).Within(0.01));
        await Expect(page.Locator(".tooltip")).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_tap_reads_values_and_up_and_down_scrolls_the_page()
    {
        WriteRun("run", 10, [.. Enumerable.Range(0, 10).Select(i => ($"curve{i}", (Func<long, double>)(step => step)))]);
        Serve();
        IPage page = await OpenOnPhoneAsync("smoothing=0");
        ILocator plot = await PlotAsync(page, "curve0");
        LocatorBoundingBoxResult box = await SettledAsync(plot);
        (float middle, float y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));

        await page.Touchscreen.TapAsync(middle, y);
        await Expect(page.Locator(".tooltip")).ToBeVisibleAsync();
        Assert.That(page.Url, Does.Not.Contain("zoom="));

        await MoveAsync([(middle, y)], [(middle, y - 150)]);
        await page.WaitForFunctionAsync("() => document.querySelector('main').scrollTop > 60");
        Assert.That(page.Url, Does.Not.Contain("zoom="));
    }

    [Test]
    public async Task Exact_values_have_room_on_the_smallest_screen()
    {
        WriteRun("sweep/lr=0.001,optimizer=adam,layers=12,seed=3", 3, ("loss", step => 0.123456789 * (step + 1)));
        Serve();
        IPage page = await OpenAsync("smoothing=0.6", new(Phone) { ViewportSize = new() { Width = 320, Height = 640 } });

        await (await PlotAsync(page, "loss")).TapAsync();

        ILocator cells = page.Locator(".tooltip tbody td:visible");
        await Expect(cells).ToHaveTextAsync([new Regex("^0[.]"), new("^0[.]24691358$"), new("^1$")]);
        await EventuallyAsync(
            () => page.Locator(".tooltip").EvaluateAsync<int>("e => e.scrollWidth - e.clientWidth"), Is.LessThanOrEqualTo(0));
        await Expect(page.Locator(".tooltip .end")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Test]
    public async Task Two_fingers_zoom_a_graph_and_one_moves_it()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
            writer.AddGraph(new GraphBuilder().Add("a", "Op").Add("b", "Op", "a").Build());
        Serve();
        IPage page = await OpenOnPhoneAsync("tab=graphs");
        ILocator body = page.Locator(".graph-body").First;
        LocatorBoundingBoxResult place = await SettledAsync(page.Locator(".panzoom"));
        LocatorBoundingBoxResult before = await SettledAsync(body);
        (float x, float y) = (place.X + (place.Width / 2), place.Y + (place.Height * 0.8f));

        await MoveAsync([(x, y)], [(x + 50, y - 30)]);
        LocatorBoundingBoxResult moved = await SettledAsync(body);
        Assert.That((moved.X - before.X, moved.Y - before.Y), Is.EqualTo((50f, -30f)).Using<(float X, float Y)>(Near));

        await MoveAsync([(x - 30, y), (x + 30, y)], [(x - 60, y), (x + 60, y)]);
        LocatorBoundingBoxResult zoomed = await SettledAsync(body);
        Assert.That(zoomed.Width / moved.Width, Is.EqualTo(2).Within(0.1));
        Assert.That((zoomed.X - x, zoomed.Y - y), Is.EqualTo((2 * (moved.X - x), 2 * (moved.Y - y))).Using<(float X, float Y)>(Near));

        await page.GetByLabel("Show everything").TapAsync();
        await body.TapAsync();
        await Expect(page.Locator(".graph-details h2")).ToHaveTextAsync("a");
    }

    [Test]
    public async Task Two_fingers_zoom_an_enlarged_picture()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
            writer.AddImage("picture", new byte[64 * 64], 0, ImageLayout.Hw, [64, 64]);
        Serve();
        IPage page = await OpenOnPhoneAsync("tab=images");
        await page.Locator("button.picture").TapAsync();
        ILocator picture = page.Locator(".enlarged img");
        await Expect(picture).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.enlarged img').dataset.used");
        double fit = double.Parse((await picture.GetAttributeAsync("data-used"))!, CultureInfo.InvariantCulture);
        LocatorBoundingBoxResult box = await SettledAsync(picture);
        (float x, float y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));

        await MoveAsync([(x - 30, y), (x + 30, y)], [(x - 90, y), (x + 90, y)]);

        await Expect(picture).ToHaveAttributeAsync("data-used", (3 * fit).ToString(CultureInfo.InvariantCulture));
        LocatorBoundingBoxResult large = await SettledAsync(picture);
        Assert.That(large.Width, Is.EqualTo(64 * 3 * fit).Within(1));
        Assert.That((large.X + (large.Width / 2), large.Y + (large.Height / 2)), Is.EqualTo((x, y)).Using<(float X, float Y)>(Near), "it stays between the fingers");
    }

    [Test]
    public async Task Fingers_turn_and_zoom_an_embedding_and_a_tap_chooses()
    {
        using (var writer = new SummaryWriter(Path.Combine(LogDirectory, "run")))
            writer.AddEmbedding<float>("e", [4, 0, 0, -4, 0, 0, 0, 1, 0, 0, -1, 0], 0, 3);
        Serve();
        IPage page = await OpenOnPhoneAsync("tab=embeddings");
        ILocator canvas = page.Locator(".points-place canvas");
        await Expect(page.Locator(".graph-view")).ToBeVisibleAsync();
        await page.GetByLabel("Dimensions").SelectOptionAsync("2");
        LocatorBoundingBoxResult box = await SettledAsync(canvas);
        (float x, float y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        float unit = Math.Min(box.Width, box.Height) * 0.46f / 4;

        // The points at 1 above and below the middle are twice as far from it.
        await MoveAsync([(x - 40, y), (x + 40, y)], [(x - 80, y), (x + 80, y)]);
        await page.Touchscreen.TapAsync(x, y - (2 * unit));
        await Expect(page.Locator(".graph-details h2")).ToHaveTextAsync(new Regex("^Nearest neighbors of Point [23]$"));
    }

    [Test]
    public async Task Fingers_turn_and_zoom_all_meshes_of_a_card()
    {
        foreach (string run in new[] { "a", "b" })
        {
            using var writer = new SummaryWriter(Path.Combine(LogDirectory, run));
            writer.AddMesh("square", [new(-1, -1, 0), new(1, -1, 0), new(1, 1, 0), new(-1, 1, 0)], 0, faces: [0, 1, 2, 0, 2, 3]);
        }

        Serve();
        ExpectedFaults.Add("GPU stall");
        IPage page = await OpenOnPhoneAsync("tab=meshes");
        ILocator canvas = page.Locator(".canvas-place canvas");
        await ExpectInkAsync(canvas.First, 1000);
        await ExpectInkAsync(canvas.Last, 1000);
        LocatorBoundingBoxResult box = await SettledAsync(canvas.First);
        (float x, float y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        int[] before = [await InkAsync(canvas.First), await InkAsync(canvas.Last)];

        // Half as large: a quarter of the area.
        await MoveAsync([(x - 80, y), (x + 80, y)], [(x - 40, y), (x + 40, y)]);
        await ExpectAsync(0.25);

        // It is turned by 0.6 to the right at first, and a pixel is a hundredth.
        await MoveAsync([(x, y)], [(x - 60, y)]);
        await ExpectAsync(0.25 / Math.Cos(0.6));

        // Not a tap, which right after a swipe only ends the swipe.
        await page.GetByLabel("Turn back").ClickAsync();
        await ExpectAsync(1);

        async Task ExpectAsync(double times)
        {
            await EventuallyAsync(() => InkAsync(canvas.First), Is.EqualTo(times * before[0]).Within(5).Percent);
            await EventuallyAsync(() => InkAsync(canvas.Last), Is.EqualTo(times * before[1]).Within(5).Percent);
        }
    }

    private static bool Near((float X, float Y) a, (float X, float Y) b) => Math.Abs(a.X - b.X) < 4 && Math.Abs(a.Y - b.Y) < 4;

    private static bool Near((double From, double To) a, (double From, double To) b) =>
        Math.Abs(a.From - b.From) < 2 && Math.Abs(a.To - b.To) < 2;

    private static Task<int> InkAsync(ILocator canvas) => canvas.EvaluateAsync<int>(
        """
        canvas => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let i = 3; i < data.length; i += 4) {
            count += data[i] > 100;
          }
          return count;
        }
        """);

    private static async Task<(double From, double To)> ZoomAsync(IPage page)
    {
        string[] parts = (await page.EvaluateAsync<string>("() => location.hash")).Split('&').First(part => part.Contains("zoom=")).Split('~');
        return (double.Parse(parts[1], CultureInfo.InvariantCulture), double.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private async Task<IPage> OpenOnPhoneAsync(string view)
    {
        IPage page = await OpenAsync(view, new(Phone));
        _screen = await page.Context.NewCDPSessionAsync(page);
        return page;
    }

    private async Task MoveAsync((float X, float Y)[] from, (float X, float Y)[] to)
    {
        const int Steps = 10;
        await SendAsync("touchStart", from);
        for (int i = 1; i <= Steps; i++)
            await SendAsync("touchMove", [.. from.Zip(to, (a, b) => (a.X + ((b.X - a.X) * i / Steps), a.Y + ((b.Y - a.Y) * i / Steps)))]);
        await SendAsync("touchEnd", []);

        Task SendAsync(string type, (float X, float Y)[] points) => _screen.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = points.Select((at, id) => new Dictionary<string, object> { ["x"] = at.X, ["y"] = at.Y, ["id"] = id }).ToArray(),
        });
    }
}
