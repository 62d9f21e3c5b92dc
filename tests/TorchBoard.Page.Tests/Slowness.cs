using System.Globalization;
using Microsoft.Playwright;

namespace TorchBoard.Page.Tests;

/// <summary>
/// A slow computer and network, to find tests and code of the page that rely on an order in which things happen: with
/// <c>TORCHBOARD_PAGE_SLOWNESS=4</c>, scripts run four times slower, and each request for data waits up to 300 ms.
/// </summary>
internal static class Slowness
{
    private static readonly double Rate =
        double.TryParse(Environment.GetEnvironmentVariable("TORCHBOARD_PAGE_SLOWNESS"), CultureInfo.InvariantCulture, out double rate) ? rate : 1;

    public static async Task ApplyAsync(IPage page)
    {
        if (Rate <= 1)
            return;
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = Rate });
        await page.Context.RouteAsync("**/api/**", async route =>
        {
            await Task.Delay(Random.Shared.Next(300));
            await route.FallbackAsync();
        });
    }
}
