using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TorchBoard.Extensions.Hosting.Tests;

/// <summary>Writers in a real host, whose runs are read back.</summary>
internal sealed class HostedWriterTests
{
    [Test]
    public async Task The_writer_is_a_singleton_that_is_opened_flushed_and_closed_with_the_host()
    {
        using var directory = new TestDirectory();
        HostApplicationBuilder builder = Builder(directory);
        builder.Services.AddTorchBoard();
        IHost host = builder.Build();
        SummaryWriter writer;
        using (host)
        {
            await host.StartAsync();
            Assert.That(directory.EventFiles(), Has.Length.EqualTo(1), "opened before anybody asks for it");
            writer = host.Services.GetRequiredService<SummaryWriter>();
            Assert.That(host.Services.GetRequiredService<SummaryWriter>(), Is.SameAs(writer));
            writer.AddScalar("loss", 0.5, 1);
            await host.StopAsync();
            Assert.That(Run(directory).Scalars["loss"].Count, Is.EqualTo(1), "flushed when the host has stopped");
            Assert.That(Run(directory).Text.Keys, Is.EqualTo(new[] { "environment" }), "where the run comes from");
        }

        Assert.That(() => writer.AddScalar("loss", 0.5, 2), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Without_a_host_the_writer_is_opened_when_it_is_first_resolved()
    {
        using var directory = new TestDirectory();
        using (ServiceProvider services = new ServiceCollection()
            .AddTorchBoard(options => options.LogDirectory = directory).BuildServiceProvider())
        {
            Assert.That(directory.EventFiles(), Is.Empty);
            services.GetRequiredService<SummaryWriter>().AddScalar("loss", 0.5, 1);
        }

        Assert.That(Run(directory).Scalars["loss"].Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Each_start_writes_a_run_of_its_own_unless_the_directory_is_the_run()
    {
        using var directory = new TestDirectory();
        using (IHost host = await Started(directory, new() { ["TorchBoard:LogDirectory"] = "logs" }))
        {
            string run = host.Services.GetRequiredService<SummaryWriter>().LogDirectory;
            Assert.That(Path.GetDirectoryName(run), Is.EqualTo(Path.Combine(directory, "logs")), "below the content root");
            Assert.That(Path.GetFileName(run), Does.EndWith(Environment.MachineName));
        }

        using (IHost host = await Started(
            directory, new() { ["TorchBoard:LogDirectory"] = "logs/one", ["TorchBoard:NewRunPerStart"] = "false" }))
        {
            Assert.That(
                host.Services.GetRequiredService<SummaryWriter>().LogDirectory,
                Is.EqualTo(Path.Combine(directory, "logs/one")));
        }
    }

    [Test]
    public async Task Every_option_of_the_writer_can_be_configured_and_code_comes_last()
    {
        using var directory = new TestDirectory();
        HostApplicationBuilder builder = Builder(directory, new()
        {
            ["TorchBoard:LogDirectory"] = "elsewhere",
            ["TorchBoard:Interval"] = "00:00:02",
            ["TorchBoard:MonitorSystem"] = "true",
            ["TorchBoard:AddEnvironment"] = "false",
            ["TorchBoard:Meters:0"] = "A.*",
            ["TorchBoard:Meters:1"] = "B",
            ["TorchBoard:Enabled"] = "false",
            ["TorchBoard:FlushInterval"] = "00:00:03",
            ["TorchBoard:FlushTimeout"] = "00:00:04",
            ["TorchBoard:UnwrittenBytesLimit"] = "2097152",
            ["TorchBoard:WhenFull"] = "Drop",
            ["TorchBoard:WaitLimit"] = "00:00:05",
            ["TorchBoard:SyncToDisk"] = "true",
            ["TorchBoard:PurgeStep"] = "7",
            ["TorchBoard:FileNameSuffix"] = ".x",
            ["TorchBoard:UploadInterval"] = "00:00:06",
            ["TorchBoard:SpoolDirectory"] = "/spool",
            ["TorchBoard:SpooledBytesLimit"] = "3145728",
        });
        builder.Services.AddTorchBoard(options => options.Writer = options.Writer with { FileNameSuffix = ".y" });
        using IHost host = builder.Build();
        await host.StartAsync();

        TorchBoardOptions options = host.Services.GetRequiredService<IOptions<TorchBoardOptions>>().Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.LogDirectory, Is.EqualTo("elsewhere"));
            Assert.That(options.Interval, Is.EqualTo(TimeSpan.FromSeconds(2)));
            Assert.That(options.MonitorSystem, Is.True);
            Assert.That(options.AddEnvironment, Is.False);
            Assert.That(options.Meters, Is.EqualTo(new[] { "A.*", "B" }));
            Assert.That(
                options.Writer,
                Is.EqualTo(new SummaryWriterOptions
                {
                    Enabled = false,
                    FlushInterval = TimeSpan.FromSeconds(3),
                    FlushTimeout = TimeSpan.FromSeconds(4),
                    UnwrittenBytesLimit = 2097152,
                    WhenFull = WhenFull.Drop,
                    WaitLimit = TimeSpan.FromSeconds(5),
                    SyncToDisk = true,
                    PurgeStep = 7,
                    FileNameSuffix = ".y",
                    UploadInterval = TimeSpan.FromSeconds(6),
                    SpoolDirectory = "/spool",
                    SpooledBytesLimit = 3145728,
                }));
            Assert.That(directory.EventFiles(), Is.Empty, "a disabled writer");
        }
    }

    [Test]
    public void Every_option_of_the_writer_has_a_setting()
    {
        string[] settings = [.. typeof(SummaryWriterOptions).GetProperties().Select(one => one.Name).Where(name => name is not ("TimeProvider" or "OnWarning"))];
        Assert.That(
            typeof(TorchBoardOptions).Assembly.GetType("TorchBoard.Extensions.Hosting.WriterSettings")!
                .GetProperties().Select(one => one.Name),
            Is.SupersetOf(settings));
    }

    [TestCase("TorchBoard:LogDir", "x", "LogDir")]
    [TestCase("TorchBoard:FlushInterval", "soon", "TorchBoard:FlushInterval")]
    [TestCase("TorchBoard:FlushInterval", "-00:00:01", "FlushInterval must be greater than zero")]
    [TestCase("TorchBoard:WhenFull", "Maybe", "TorchBoard:WhenFull")]
    [TestCase("TorchBoard:Storage", "nas", "no RunStorage with the key 'nas'")]
    [TestCase("TorchBoard:LogDirectory", "", "LogDirectory is empty")]
    [TestCase("TorchBoard:LogDirectory", "s3://bucket/runs", "s3")]
    public void An_invalid_configuration_fails_the_start_with_what_to_do(string name, string value, string said)
    {
        using var directory = new TestDirectory();
        Assert.That(
            async () => await Started(directory, new() { [name] = value }), Throws.Exception.With.Message.Contains(said));
    }

    [Test]
    public void A_run_that_cannot_be_created_fails_the_start()
    {
        using var directory = new TestDirectory();
        File.WriteAllText(Path.Combine(directory, "runs"), "a file");
        Assert.That(async () => await Started(directory, []), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task Keyed_writers_have_runs_and_sections_of_their_own()
    {
        using var directory = new TestDirectory();
        HostApplicationBuilder builder = Builder(
            directory, new() { ["TorchBoard:FileNameSuffix"] = ".main", ["TorchBoard:Writers:eval:FileNameSuffix"] = ".eval" });
        builder.Services.AddTorchBoard();
        builder.Services.AddKeyedTorchBoard("eval");
        builder.Services.AddKeyedTorchBoard("eval", options => options.Meters.Add("nothing"));
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            Assert.That(host.Services.GetServices<IHostedService>().Count(), Is.EqualTo(2));
            host.Services.GetRequiredService<SummaryWriter>().AddScalar("loss", 1f, 1);
            host.Services.GetRequiredKeyedService<SummaryWriter>("eval").AddScalar("loss", 2f, 1);
        }

        string[] files = directory.EventFiles();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(files, Has.Length.EqualTo(2).And.Some.EndsWith(".main").And.Some.EndsWith(".eval"));
            string eval = Path.GetDirectoryName(files.Single(file => file.EndsWith(".eval", StringComparison.Ordinal)))!;
            Assert.That(eval, Does.EndWith("_eval"));
            Assert.That(RunLog.Open(eval).Scalars["loss"].Values[0], Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_section_of_ones_own_takes_the_place_of_the_default_one()
    {
        using var directory = new TestDirectory();
        HostApplicationBuilder builder = Builder(directory, new() { ["Other:LogDirectory"] = "other", ["TorchBoard:LogDirectory"] = "no" });
        builder.Services.AddTorchBoard(builder.Configuration.GetSection("Other"));
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.That(Directory.GetDirectories(directory).Select(Path.GetFileName), Is.EqualTo(new[] { "other" }));
    }

    [Test]
    public async Task Meters_and_the_system_are_recorded_until_the_end()
    {
        using var directory = new TestDirectory();
        using (IHost host = await Started(
            directory, new() { ["TorchBoard:Meters:0"] = "MyCompany.*", ["TorchBoard:MonitorSystem"] = "true" }))
        {
            using Meter meter = host.Services.GetRequiredService<IMeterFactory>().Create("MyCompany.Hosted");
            meter.CreateCounter<int>("orders").Add(3);
            await host.StopAsync();
        }

        Assert.That(Run(directory).Scalars["MyCompany.Hosted/orders/total"].Values[^1], Is.EqualTo(3));
    }

    [Test]
    public async Task A_storage_is_found_by_its_key_or_as_the_only_one()
    {
        using var directory = new TestDirectory();
        var first = new MemoryObjects();
        var second = new MemoryObjects();
        HostApplicationBuilder builder = Builder(directory, new()
        {
            ["TorchBoard:LogDirectory"] = $"{first.Scheme}://bucket/runs",
            ["TorchBoard:SpoolDirectory"] = Path.Combine(directory, "spool"),
            ["TorchBoard:Writers:other:LogDirectory"] = $"{first.Scheme}://bucket/runs",
            ["TorchBoard:Writers:other:Storage"] = "second",
            ["TorchBoard:Writers:other:SpoolDirectory"] = Path.Combine(directory, "spool"),
        });
        builder.Services.AddSingleton<RunStorage>(first);
        builder.Services.AddKeyedSingleton<RunStorage>("second", second);
        builder.Services.AddTorchBoard();
        builder.Services.AddKeyedTorchBoard("other");
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            host.Services.GetRequiredService<SummaryWriter>().AddScalar("loss", 1f, 1);
            host.Services.GetRequiredKeyedService<SummaryWriter>("other").AddScalar("loss", 2f, 1);
        }

        using (Assert.EnterMultipleScope())
        {
            foreach ((MemoryObjects store, int value) in new[] { (first, 1), (second, 2) })
            {
                LoggedRun run = LogDirectory.Open($"{first.Scheme}://bucket/runs", store).Runs.Values.Single();
                Assert.That(run.Open().Scalars["loss"].Values[0], Is.EqualTo(value));
            }
        }
    }

    [Test]
    public async Task Failures_go_to_the_log_with_ids_in_place_of_standard_error()
    {
        using var directory = new TestDirectory();
        using var log = new CollectedLog();
        HostApplicationBuilder builder = Builder(directory, new() { ["TorchBoard:NewRunPerStart"] = "false" });
        builder.Logging.AddProvider(log);
        builder.Services.AddTorchBoard();
        string run = Path.Combine(directory, "runs");
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            SummaryWriter writer = host.Services.GetRequiredService<SummaryWriter>();

            // A file takes the place of the directory: nothing can be written until it is gone.
            Directory.Delete(run, recursive: true);
            File.WriteAllText(run, "");
            writer.AddScalar("loss", 1f, 1);
            Assert.That(() => writer.Flush(), Throws.InstanceOf<IOException>());
            File.Delete(run);
            writer.Flush();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Entries[0], Is.EqualTo((LogLevel.Information, 1, "RunOpened", $"The run is '{run}'.")));
            Assert.That(
                log.Entries,
                Has.Some.Matches<(LogLevel Level, int Id, string Name, string Text)>(
                    entry => entry is (LogLevel.Error, 2, "WriteFailed", _) && entry.Text.Contains(run, StringComparison.Ordinal)));
            Assert.That(
                log.Entries,
                Has.Some.Matches<(LogLevel Level, int Id, string Name, string Text)>(
                    entry => entry is (LogLevel.Warning, 3, "WriteRecovered", _)));
        }
    }

    internal static HostApplicationBuilder Builder(string directory, Dictionary<string, string?>? configuration = null)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            ContentRootPath = directory,
        });
        builder.Configuration.AddInMemoryCollection(configuration ?? []);
        return builder;
    }

    private static async Task<IHost> Started(string directory, Dictionary<string, string?> configuration)
    {
        HostApplicationBuilder builder = Builder(directory, configuration);
        builder.Services.AddTorchBoard();
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static RunLog Run(TestDirectory directory) => RunLog.Open(Path.GetDirectoryName(directory.EventFiles().Single())!);
}
