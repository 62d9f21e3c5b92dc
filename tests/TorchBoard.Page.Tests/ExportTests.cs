using System.Xml.Linq;
using Microsoft.Playwright;

namespace TorchBoard.Page.Tests;

/// <summary>A chart as a file.</summary>
internal sealed class ExportTests : PageTest
{
    [Test]
    public async Task CSV_has_every_point_of_the_runs_that_are_shown()
    {
        WriteRun("a", 900, ("loss", step => step == 3 ? double.NaN : step * 0.5));
        WriteRun("=cmd,\"x\"", 2, ("loss", _ => 1));
        WriteRun("hidden", 2, ("loss", _ => 1));
        Serve();
        IPage page = await OpenAsync("hide=hidden");

        string[] lines = System.Text.Encoding.UTF8.GetString(await SaveAsync(page, "CSV")).TrimEnd().Split("\r\n");

        Assert.That(lines[0], Is.EqualTo("run,tag,step,wall_time,value"));
        Assert.That(lines.Skip(1).Count(line => line.StartsWith("a,loss,")), Is.EqualTo(900));
        Assert.That(lines, Has.Some.EqualTo("a,loss,4,1767323085,2").And.Some.EqualTo("a,loss,3,1767323075,NaN"));
        // A spreadsheet would run what begins with "=".
        Assert.That(lines, Has.Some.StartsWith("\"'=cmd,\"\"x\"\"\",loss,0,").And.None.Contains("hidden"));
    }

    [Test]
    public async Task SVG_has_the_title_the_axes_a_path_of_each_curve_and_a_legend()
    {
        WriteRun("a", 50, ("loss", step => step));
        WriteRun("b<&", 50, ("loss", step => 2 * step));
        Serve();
        IPage page = await OpenAsync("smoothing=0");
        string color = await ColorAsync(page, "a");

        XElement svg = XElement.Parse(System.Text.Encoding.UTF8.GetString(await SaveAsync(page, "SVG")));

        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.That(svg.Name, Is.EqualTo(ns + "svg"));
        Assert.That(svg.Descendants(ns + "text").Select(text => text.Value), Is.SupersetOf(new[] { "loss", "a", "b<&", "0", "20", "40" }));
        int[] parts = [.. color[4..^1].Split(',').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
        string hex = $"#{parts[0]:x2}{parts[1]:x2}{parts[2]:x2}";
        XElement[] curves = [.. svg.Descendants(ns + "path").Where(path => (string?)path.Attribute("stroke") == hex)];
        // The curve and its line in the legend.
        Assert.That(curves, Has.Length.EqualTo(2));
        Assert.That(((string)curves[0].Attribute("d")!).Count(letter => letter == 'L'), Is.EqualTo(49));
    }

    [Test]
    public async Task PNG_is_a_picture_of_twice_the_size()
    {
        WriteRun("a", 50, ("loss", step => step));
        Serve();
        IPage page = await OpenAsync();

        byte[] png = await SaveAsync(page, "PNG");

        Assert.That(png.AsSpan(0, 8).ToArray(), Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));
        Assert.That(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), Is.EqualTo(1600));
    }

    private static async Task<byte[]> SaveAsync(IPage page, string kind)
    {
        await PlotAsync(page, "loss");
        await Card(page, "loss").GetByLabel("Save as").ClickAsync();
        IDownload download = await page.RunAndWaitForDownloadAsync(
            () => Card(page, "loss").GetByRole(AriaRole.Button, new() { Name = kind }).ClickAsync());
        Assert.That(download.SuggestedFilename, Is.EqualTo($"loss.{kind.ToLowerInvariant()}"));
        using var bytes = new MemoryStream();
        await using Stream stream = await download.CreateReadStreamAsync();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
