using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TorchBoard.Extensions.Hosting.Tests;

internal sealed class HealthCheckTests
{
    [Test]
    public async Task A_run_that_cannot_be_written_is_degraded_with_the_reason_until_it_can()
    {
        using var directory = new TestDirectory();
        HostApplicationBuilder builder = HostedWriterTests.Builder(directory, new() { ["TorchBoard:NewRunPerStart"] = "false" });
        builder.Logging.ClearProviders();
        builder.Services.AddTorchBoard();
        builder.Services.AddHealthChecks().AddTorchBoard();
        using IHost host = builder.Build();
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
        Assert.That(await Check(), Is.EqualTo((HealthStatus.Healthy, "The run is not open yet.")));
        await host.StartAsync();
        string run = Path.Combine(directory, "runs");
        SummaryWriter writer = host.Services.GetRequiredService<SummaryWriter>();
        writer.AddScalar("loss", 1f, 1);
        Assert.That(await Check(), Is.EqualTo((HealthStatus.Healthy, $"'{run}' is written.")));

        Directory.Delete(run, recursive: true);
        File.WriteAllText(run, "");
        writer.AddScalar("loss", 1f, 2);
        (HealthStatus status, string? text) = await Check();
        Assert.That(status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(text, Does.StartWith($"'{run}' cannot be written: ").And.EndsWith(" Events lost: 0."));

        File.Delete(run);
        Assert.That((await Check()).Status, Is.EqualTo(HealthStatus.Healthy));
        writer.Dispose();
        Assert.That((await Check()).Text, Does.Contain("The writer is closed."));

        async Task<(HealthStatus Status, string? Text)> Check()
        {
            HealthReportEntry entry = (await health.CheckHealthAsync()).Entries["torchboard"];
            return (entry.Status, entry.Description);
        }
    }

    [Test]
    public async Task A_store_that_cannot_be_reached_is_what_the_options_of_the_check_say()
    {
        using var directory = new TestDirectory();
        var store = new MemoryObjects { Fault = _ => new IOException("The network is down.") };
        HostApplicationBuilder builder = HostedWriterTests.Builder(directory);
        builder.Services.AddKeyedTorchBoard("remote", options =>
        {
            options.LogDirectory = $"{store.Scheme}://bucket/runs";
            options.Writer = new()
            {
                Storage = store,
                SpoolDirectory = Path.Combine(directory, "spool"),
                UploadInterval = TimeSpan.FromMilliseconds(100),
            };
        });
        builder.Services.AddHealthChecks().AddTorchBoard("remote", failureStatus: HealthStatus.Unhealthy);
        using IHost host = builder.Build();
        await host.StartAsync();
        SummaryWriter writer = host.Services.GetRequiredKeyedService<SummaryWriter>("remote");
        writer.AddScalar("loss", 1f, 1);
        Assert.That(async () => await writer.FlushToStorageAsync(), Throws.InstanceOf<IOException>());

        HealthReportEntry entry = (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync())
            .Entries["torchboard-remote"];
        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(entry.Description, Does.Contain("The network is down."));

        store.Fault = null;
        await writer.FlushToStorageAsync();
        entry = (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["torchboard-remote"];
        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Healthy));
    }
}
