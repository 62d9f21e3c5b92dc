using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace TorchBoard.Tool.Tests.Serving;

/// <summary>serve and report.</summary>
internal sealed class ServingTests : RunsFixture
{
    [Test]
    public async Task Serve_prints_the_page_first_and_then_the_command_of_TensorBoard()
    {
        WriteRun("first");
        using ToolProcess tool = ToolProcess.Start("serve", Runs, "--port", "0", "--grpc-port", "0");
        string page = (await tool.ReadLineAsync())!;
        string tensorBoard = (await tool.ReadLineAsync())!;

        Assert.That(page, Does.StartWith($"{Runs} is shown at http://127.0.0.1:"));
        Assert.That(tensorBoard, Does.Match("^In TensorBoard: tensorboard --grpc_data_provider localhost:\\d+$"));
        using var client = new HttpClient { BaseAddress = new Uri(page.Split(' ')[^1]) };
        Assert.That(
            async () => await client.GetStringAsync("api/runs"),
            Does.Contain("\"name\":\"first\"").And.Contain("\"tag\":\"loss\"").After(60_000, 20));
        Assert.That(await client.GetStringAsync(""), Does.StartWith("<!doctype html>"));

        tool.Interrupt();
        Assert.That(tool.End().ExitCode, Is.EqualTo(0).Or.EqualTo(130));
    }

    [Test]
    public async Task A_port_in_use_is_told_and_the_next_free_one_is_taken()
    {
        WriteRun("first");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using ToolProcess tool = ToolProcess.Start("serve", Runs, "--port", $"{port}", "--grpc-port", "0");
        string page = (await tool.ReadLineAsync())!;
        int other = new Uri(page.Split(' ')[^1]).Port;

        Assert.That(other, Is.Not.EqualTo(port));
        tool.Interrupt();
        Assert.That(tool.End().Error, Does.Contain($"Port {port} is in use; the page is on port {other}."));
    }

    [Test]
    public void A_port_for_TensorBoard_that_is_asked_for_and_in_use_is_an_error()
    {
        WriteRun("first");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        ToolRun run = ToolRun.Of("serve", Runs, "--port", "0", "--grpc-port", $"{port}");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain($"127.0.0.1:{port}"));
    }

    [TestCase("--port", "65536")]
    [TestCase("--grpc-port", "-1")]
    [TestCase("--host", "nowhere.example")]
    [TestCase("--grpc-host", "")]
    [TestCase("--token", "")]
    public void Wrong_options_of_serve_are_named(string option, string value)
    {
        ToolRun run = ToolRun.Of("serve", Runs, option, value);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(option));
    }

    [Test]
    public async Task Another_address_prints_a_token_and_the_page_of_it_is_read_only_with_it()
    {
        WriteRun("first");
        using ToolProcess tool = ToolProcess.Start("serve", Runs, "--port", "0", "--grpc-port", "0", "--host", "0.0.0.0");
        var url = new Uri((await tool.ReadLineAsync())!.Split(' ')[^1]);
        Assert.That(url.Query, Does.Match("^\\?token=[0-9a-f]{32}$"));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{url.Port}/") };

        Assert.That((await client.GetAsync("api/runs")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await client.GetAsync($"api/runs{url.Query}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        tool.Interrupt();
        tool.End();
    }

    [Test]
    public void Report_writes_one_file_that_has_the_runs()
    {
        WriteRun("first");
        WriteRun("second", tag: "accuracy");
        string file = At("run.html");
        ToolRun run = ToolRun.Of("report", Runs, "-o", file, "--tag", "acc*");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Match($"^{Regex.Escape(file)}: [0-9.]+ [kM]?B\n$"));
        Assert.That(File.ReadAllText(file), Does.Contain("\"/api/scalars?tag=accuracy\"").And.Not.Contain("?tag=loss\""));
        Assert.That(Directory.EnumerateFileSystemEntries(Root), Is.EquivalentTo([Runs, file]), "no temporary file");
    }

    [Test]
    public void A_report_that_cannot_be_written_leaves_the_old_one()
    {
        Directory.CreateDirectory(Runs);
        string file = At("run.html");
        File.WriteAllText(file, "old");

        Assert.That(ToolRun.Of("report", Runs, "-o", file).ExitCode, Is.EqualTo(2), "no runs");
        Assert.That(ToolRun.Of("report", At("nothing"), "-o", file).Error, Does.Contain("does not exist"));
        Assert.That(ToolRun.Of("report", Runs, "-o", file, "--max-size", "0").Error, Does.Contain("--max-size"));
        Assert.That(ToolRun.Of("report", Runs).Error, Does.Contain("--output"));
        Assert.That(File.ReadAllText(file), Is.EqualTo("old"));
        Assert.That(Directory.EnumerateFileSystemEntries(Root), Is.EquivalentTo([Runs, file]));
    }
}
