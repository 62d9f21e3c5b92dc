using Microsoft.Playwright;

namespace TorchBoard.Page.Tests;

/// <summary>The browser of all tests: a Chromium of the system. Without one, the tests are skipped.</summary>
[SetUpFixture]
internal sealed class Browser
{
    /// <summary>For how many milliseconds tests wait for what does not happen. Only failures do.</summary>
    public const int Patience = 30_000;

    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    public static IBrowser Instance => _browser ?? throw new InvalidOperationException("No browser was started.");

    [OneTimeSetUp]
    public async Task Start()
    {
        string? path = Places.FirstOrDefault(File.Exists);
        if (path is null)
            Assert.Ignore("There is no Chromium or Chrome here. On Debian: apt-get install chromium");

        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking"],
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
