using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TorchBoard.Server.Tests.Reporting;

/// <summary>A page with all of its data in one file.</summary>
internal sealed class RunReportTests
{
    private const string Hostile = "</script><script>alert(1)</script><!-- \u202e __proto__ & \"'ä";

    [Test]
    public async Task A_report_has_the_answers_that_the_page_asks_for()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(Path.Combine(directory, "run")))
        {
            writer.AddScalar("loss/train", 0.5, 1);
            writer.AddScalar("loss/train", double.NaN, 2);
            writer.AddHyperparameters([("lr", 0.1)]);
        }

        JsonObject data = DataOf(await ReportAsync(directory));

        Assert.That(data.Select(answer => answer.Key), Is.SupersetOf(
            ["/api/runs", "/api/hyperparameters", "/api/scalars?tag=loss%2Ftrain", "/api/metrics?tag=loss%2Ftrain"]));
        Assert.That(data["/api/runs"]!["runs"]!.AsArray().Select(run => (string)run!["name"]!), Is.EqualTo(["run"]));
        Assert.That((string)data["/api/runs"]!["location"]!, Is.EqualTo(Path.GetFileName(directory.Path)), "no directory of this machine");
        Assert.That(
            data["/api/scalars?tag=loss%2Ftrain"]!["series"]![0]!["values"]!.ToJsonString(), Is.EqualTo("[0.5,\"NaN\"]"));
    }

    [Test]
    public async Task Nothing_of_a_run_is_HTML_and_nothing_is_asked_of_a_network()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(Path.Combine(directory, "run")))
        {
            writer.AddScalar(Hostile, 1, 0);
            writer.Describe(Hostile, displayName: Hostile, description: Hostile);
            writer.AddText($"text {Hostile}", Hostile, 0);
        }

        string html = await ReportAsync(directory);

        Assert.That(DataOf(html)["/api/runs"]!["tags"]!.AsArray().Select(tag => (string)tag!["tag"]!), Has.Some.EqualTo(Hostile));
        Assert.That(Regex.Count(html, "<script"), Is.EqualTo(2), "the data and the page");
        Assert.That(Regex.Count(html, "</script"), Is.EqualTo(2));
        Assert.That(html, Does.Not.Match("(?i)\\s(src|href)=\"(?!data:|#)"));
        string policy = Regex.Match(html, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.That(policy, Does.StartWith("default-src 'none';").And.Not.Contain("unsafe").And.Not.Contain("http"));
        foreach (Match part in Regex.Matches(html, "<(?:script|style)>(.*?)</(?:script|style)>", RegexOptions.Singleline))
        {
            byte[] text = Encoding.UTF8.GetBytes(part.Groups[1].Value);
            Assert.That(policy, Does.Contain($"'sha256-{Convert.ToBase64String(SHA256.HashData(text))}'"));
        }
    }

    [Test]
    public async Task Only_the_chosen_runs_and_tags_are_in_it()
    {
        using var directory = new TestDirectory();
        foreach (string name in (string[])["first", "second"])
        {
            using var writer = new SummaryWriter(Path.Combine(directory, name));
            writer.AddMetrics([("loss", 1), ("accuracy", 1)], 0);
            writer.AddHyperparameters([($"of the {name}", 0.1)]);
        }

        JsonObject data = DataOf(await ReportAsync(directory, new() { Runs = run => run == "second", Tags = tag => tag != "accuracy" }));

        Assert.That(data.ToJsonString(), Does.Contain("of the second").And.Not.Contain("of the first").And.Not.Contain("accuracy"));
        Assert.That(
            data.Select(answer => answer.Key),
            Is.EqualTo(["/api/runs", "/api/hyperparameters", "/api/scalars?tag=loss", "/api/metrics?tag=loss"]));
        JsonNode list = data["/api/runs"]!;
        Assert.That(list["runs"]!.AsArray().Select(run => $"{run!["name"]}"), Is.EqualTo(["second"]));
        Assert.That(list["tags"]!.AsArray().Select(tag => $"{tag!["tag"]} {tag["runs"]!.ToJsonString()}"), Has.Some.EqualTo($"loss [{list["runs"]![0]!["id"]}]"));
        Assert.That(data["/api/scalars?tag=loss"]!["series"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_report_is_not_longer_than_the_limit_and_tells_what_is_missing()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(Path.Combine(directory, "run")))
        {
            for (int step = 0; step < 1000; step++)
                writer.AddMetrics(Enumerable.Range(0, 60).Select(tag => ($"tag{tag}", Math.Sin(step * tag))).ToArray(), step);
        }

        var warnings = new List<string>();
        string html = await ReportAsync(directory, new() { MaxBytes = 1 << 20, OnWarning = warnings.Add });

        Assert.That(Encoding.UTF8.GetByteCount(html), Is.LessThanOrEqualTo(1 << 20));
        Assert.That(warnings.First(), Does.Match("limit of 1 MiB, curves have at most \\d+ points instead of 1000"));
        Assert.That(DataOf(html).Count, Is.GreaterThan(30));
    }

    [Test]
    public async Task The_same_runs_are_the_same_bytes_in_whatever_order_they_are_read()
    {
        using var directory = new TestDirectory();
        var random = new Random(1);
        for (int run = 0; run < 20; run++)
        {
            using var writer = new SummaryWriter(Path.Combine(directory, $"run {run}"));
            writer.AddHyperparameters([("seed", run)]);
            for (int step = random.Next(2000); step >= 0; step--)
                writer.AddMetrics([("loss", random.NextDouble()), ("accuracy", random.NextDouble())], 2000 - step);
        }

        string first = await ReportAsync(directory);

        for (int again = 0; again < 3; again++)
            Assert.That(await ReportAsync(directory) == first);
        foreach ((string asked, JsonNode? answer) in DataOf(first))
            Assert.That(answer!["version"]!.GetValue<long>(), Is.Zero, asked);
    }

    [Test]
    public void Without_runs_there_is_no_report()
    {
        using var directory = new TestDirectory();
        using var output = new MemoryStream();

        Assert.That(async () => await RunReport.WriteAsync(directory, output), Throws.InstanceOf<IOException>().With.Message.Contains(directory.Path));
        Assert.That(output.Length, Is.Zero);
        Assert.That(() => new RunReportOptions { MaxBytes = 1000 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static async Task<string> ReportAsync(string directory, RunReportOptions? options = null)
    {
        using var output = new MemoryStream();
        await RunReport.WriteAsync(directory, output, options);
        Assert.That(output.CanWrite, "the stream belongs to the caller");
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static JsonObject DataOf(string html) => JsonNode.Parse(
        Regex.Match(html, "<script type=\"application/json\" id=\"torchboard-data\">(.*?)</script>", RegexOptions.Singleline)
            .Groups[1].Value)!.AsObject();
}
