using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TorchBoard.Server;

namespace TorchBoard.Page.Tests;

/// <summary>
/// A directory of runs, a server of it, and pages that show it. After each test, no page may have reported an error, broken
/// the content security policy or asked anyone but its server.
/// </summary>
[NonParallelizable]
internal abstract class PageTest
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<string> _faults = [];
    private readonly List<IBrowserContext> _contexts = [];
    private TestDirectory? _directory;

    protected string LogDirectory => _directory!;

    protected RunServer Server { get; set; } = null!;

    /// <summary>Messages of the browser that a test expects, as parts of them.</summary>
    protected List<string> ExpectedFaults { get; } = [];

    [SetUp]
    public void CreateDirectory()
    {
        _faults.Clear();
        _contexts.Clear();
        ExpectedFaults.Clear();
        _directory = new TestDirectory("page");
    }

    [TearDown]
    public async Task CloseAll()
    {
        foreach (IBrowserContext context in _contexts)
            await context.CloseAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        _directory!.Dispose();
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

    /// <summary>Opens the page of <see cref="Server"/> in a browser of its own, at a view such as <c>x=wall&amp;log=true</c>.</summary>
    protected async Task<IPage> OpenAsync(string view = "", BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.Locale ??= "en-US";
        options.ViewportSize ??= new() { Width = 1280, Height = 800 };
        IBrowserContext context = await Browser.Instance.NewContextAsync(options);
        _contexts.Add(context);
        context.SetDefaultTimeout(10_000);
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
        await page.GotoAsync(Server.PageUrl + (view.Length == 0 ? "" : "#" + view));
        return page;
    }

    /// <summary>The card of a tag.</summary>
    protected static ILocator Card(IPage page, string tag) => page.Locator($"article[aria-label=\"{tag}\"]").First;

    /// <summary>The area between the axes of a tag's chart, once there are curves in it.</summary>
    protected static async Task<ILocator> PlotAsync(IPage page, string tag)
    {
        ILocator plot = Card(page, tag).Locator(".u-over");
        await plot.WaitForAsync();
        return plot;
    }

    /// <summary>The color of a run in the panel.</summary>
    protected static Task<string> ColorAsync(IPage page, string run) =>
        page.Locator(".run-row", new() { HasText = run }).First.Locator(".swatch").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor");

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

    /// <summary>A URL whose hash has a setting, such as <c>x=wall</c> or the beginning of one.</summary>
    protected static Regex With(string setting) => new($"#(.*&)?{Regex.Escape(setting)}");

    /// <summary>A URL whose hash does not have a key.</summary>
    protected static Regex Without(string key) => new($"^[^#]*(#(?!(.*&)?{Regex.Escape(key)}=).*)?$");
}
