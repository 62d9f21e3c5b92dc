using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NUnit.Framework.Constraints;
using TorchBoard.Server;

namespace TorchBoard.Page.Tests;

/// <summary>
/// A directory of runs, a server of it, and pages that show it. After each test, no page may have reported an error, broken
/// the content security policy or asked anyone but its server. Each test has an object of its own.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[NonParallelizable]
internal abstract class PageTest
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<string> _faults = [];
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<IDisposable> _opened = [];

    protected string LogDirectory { get; private set; } = "";

    protected RunServer Server { get; set; } = null!;

    /// <summary>Messages of the browser that a test expects, as parts of them.</summary>
    protected List<string> ExpectedFaults { get; } = [];

    [SetUp]
    public void CreateDirectory()
    {
        var directory = new TestDirectory("page");
        _opened.Add(directory);
        LogDirectory = directory;
    }

    [TearDown]
    public async Task CloseAll()
    {
        foreach (IBrowserContext context in _contexts)
            await context.CloseAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        _opened.ForEach(opened => opened.Dispose());
        Assert.That(_faults.Where(fault => !ExpectedFaults.Any(fault.Contains)), Is.Empty);
    }

    /// <summary>Writes a run: a point of each curve at each step, ten seconds apart.</summary>
    protected void WriteRun(string name, int steps, params (string Tag, Func<long, double> Value)[] curves)
    {
        using var writer = new SummaryWriter(Path.Combine(LogDirectory, name));
        for (long step = 0; step < steps; step++)
        {
            foreach ((string tag, Func<long, double> value) in curves)
                writer.AddScalar(tag, value(step), step, Start.AddSeconds(10 * step));
        }
    }

    protected void Serve(int port = 0) =>
        Server = RunServer.Start(LogDirectory, new RunServerOptions { Port = port, GrpcPort = 0, OnWarning = _ => { } });

    /// <summary>
    /// Opens the page of <see cref="Server"/> in a browser of its own, at a view such as <c>x=wall&amp;log=true</c>, once the server
    /// has read what is there; <paramref name="early"/>, while it still reads.
    /// </summary>
    protected async Task<IPage> OpenAsync(string view = "", BrowserNewContextOptions? options = null, bool early = false)
    {
        if (!early)
            await Server.Runs.Loaded;
        options ??= new();
        options.Locale ??= "en-US";
        options.ViewportSize ??= new() { Width = 1280, Height = 800 };
        IBrowserContext context = await Browser.Instance.NewContextAsync(options);
        _contexts.Add(context);
        context.SetDefaultTimeout(Browser.Patience);
        IPage page = await context.NewPageAsync();
        page.PageError += (_, error) => _faults.Add(error);
        page.Console += (_, message) =>
        {
            // The warning is about what tests do, not the page: they read a canvas.
            if (message.Type is "error" or "warning" && !message.Text.Contains("willReadFrequently"))
                _faults.Add(message.Text);
        };
        page.Dialog += (_, dialog) => _faults.Add($"A script ran: {dialog.Message}");
        page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is "http" or "https" && url.Authority != Server.PageUrl!.Authority)
                _faults.Add($"The page asked {url}.");
        };
        await Slowness.ApplyAsync(page);
        await page.GotoAsync(Server.PageUrl + (view.Length == 0 ? "" : "#" + view));
        return page;
    }

    /// <summary>The card of a tag.</summary>
    protected static ILocator Card(IPage page, string tag) => page.Locator($"article[aria-label=\"{tag}\"]").First;

    /// <summary>The area between the axes of a tag's chart, once there are curves in it and all charts around it are drawn.</summary>
    protected static async Task<ILocator> PlotAsync(IPage page, string tag)
    {
        ILocator plot = Card(page, tag).Locator(".u-over");
        await plot.WaitForAsync();
        // A chart that is drawn later can move or narrow this one, such as by a scroll bar.
        await EventuallyAsync(() => page.Locator(".chart-message:visible").EvaluateAllAsync<int>(
            """
            all => all.filter(e => {
              const { top, bottom } = e.getBoundingClientRect();
              return bottom > 0 && top < innerHeight && /^(Loading|加载中)…$/.test(e.textContent);
            }).length
            """), Is.Zero, "charts that are loading");
        return plot;
    }

    /// <summary>
    /// Waits until a value of the page is as expected, for what the page draws, loads or lays out after the event that causes
    /// it. A failure shows the last value. Where Playwright has an expectation, that is simpler.
    /// </summary>
    protected static async Task EventuallyAsync<T>(Func<Task<T>> value, IResolveConstraint expected, string? message = null)
    {
        IConstraint constraint = expected.Resolve();
        long start = Stopwatch.GetTimestamp();
        using var polls = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        T last = await value();
        while (!constraint.ApplyTo(last).IsSuccess && Stopwatch.GetElapsedTime(start).TotalMilliseconds < Browser.Patience)
        {
            await polls.WaitForNextTickAsync();
            last = await value();
        }

        Assert.That(last, constraint, message);
    }

    /// <summary>Waits until an element has been at one place for some time, and returns the place.</summary>
    protected static async Task<LocatorBoundingBoxResult> SettledAsync(ILocator element)
    {
        const int Calm = 5;
        string last = "";
        int same = 0;
        LocatorBoundingBoxResult? box = null;
        await EventuallyAsync(
            async () =>
            {
                box = await element.BoundingBoxAsync();
                string now = box is null ? "" : FormattableString.Invariant($"{box.X} {box.Y} {box.Width} {box.Height}");
                same = now.Length > 0 && now == last ? same + 1 : 0;
                last = now;
                return same;
            },
            Is.GreaterThanOrEqualTo(Calm), "how often the element was where it was before");
        return box!;
    }

    /// <summary>Waits until nothing in the page is wider than the window.</summary>
    protected static Task ExpectToFitAsync(IPage page, string? message = null) => EventuallyAsync(
        () => page.EvaluateAsync<int[]>("[document.documentElement, document.querySelector('main')].map(e => e.scrollWidth - e.clientWidth)"),
        Is.All.LessThanOrEqualTo(0), message);

    /// <summary>The color of a run in the panel.</summary>
    protected static Task<string> ColorAsync(IPage page, string run) =>
        page.Locator(".run-row", new() { HasText = run }).First.Locator(".swatch").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor");

    /// <summary>Waits until the number of a chart's pixels that have about the color of a run is as expected.</summary>
    protected static Task ExpectPixelsAsync(IPage page, string tag, string run, IResolveConstraint expected) =>
        EventuallyAsync(async () => await PixelsAsync(page, tag, await ColorAsync(page, run)), expected, $"pixels of {run} in {tag}");

    /// <summary>How many pixels of a chart have about a color.</summary>
    protected static Task<int> PixelsAsync(IPage page, string tag, string color) => Card(page, tag).Locator("canvas").EvaluateAsync<int>(
        """
        (canvas, color) => {
          const wanted = color.match(/\d+/g).map(Number);
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) {
            count += data[i + 3] > 200 && Math.abs(data[i] - wanted[0]) + Math.abs(data[i + 1] - wanted[1]) + Math.abs(data[i + 2] - wanted[2]) < 24;
          }
          return count;
        }
        """, color);

    /// <summary>Waits until something is drawn on a canvas: more than so many pixels that are not transparent.</summary>
    protected static Task ExpectInkAsync(ILocator canvas, int more) => EventuallyAsync(() => canvas.EvaluateAsync<int>(
        """
        canvas => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, Math.max(1, canvas.width), Math.max(1, canvas.height));
          let count = 0;
          for (let i = 3; i < data.length; i += 4) {
            count += data[i] > 100;
          }
          return count;
        }
        """), Is.GreaterThan(more), "pixels that are drawn");

    /// <summary>What is drawn on a canvas.</summary>
    protected static Task<string> PictureAsync(ILocator canvas) => canvas.EvaluateAsync<string>("canvas => canvas.toDataURL()");

    /// <summary>A URL whose hash has a setting, such as <c>x=wall</c> or the beginning of one.</summary>
    protected static Regex With(string setting) => new($"#(.*&)?{Regex.Escape(setting)}");

    /// <summary>A URL whose hash does not have a key.</summary>
    protected static Regex Without(string key) => new($"^[^#]*(#(?!(.*&)?{Regex.Escape(key)}=).*)?$");
}
