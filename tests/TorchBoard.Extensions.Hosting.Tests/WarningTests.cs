using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TorchBoard.Drawing;

namespace TorchBoard.Extensions.Hosting.Tests;

/// <summary>What is no failure, but probably not as intended; parts of it are of the whole process.</summary>
[NonParallelizable]
internal sealed class WarningTests
{
    [Test]
    public async Task Warnings_go_to_the_log_with_ids_of_their_own_in_place_of_standard_error()
    {
        using var directory = new TestDirectory();
        using var log = new CollectedLog();
        using var error = new StringWriter();
        TextWriter before = Console.Error;
        Console.SetError(error);
        try
        {
            for (int start = 0; start < 2; start++)
            {
                HostApplicationBuilder builder = HostedWriterTests.Builder(directory, new() { ["TorchBoard:NewRunPerStart"] = "false" });
                builder.Logging.AddProvider(log);
                builder.Services.AddTorchBoard(options => options.Meters.Add("Notised.*"));
                using IHost host = builder.Build();
                await host.StartAsync();
                host.Services.GetRequiredService<SummaryWriter>().AddScalar("loss", 1e39, 1);
                FontFallback.OnWarning!("No font has these characters.");
                await host.StopAsync();
            }
        }
        finally
        {
            Console.SetError(before);
        }

        (LogLevel Level, int Id, string Name, string Text)[] warnings = [.. log.Entries.Where(entry => entry.Level == LogLevel.Warning)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.ToString(), Is.Empty);
            Assert.That(warnings.Where(entry => entry.Id == 7), Has.Exactly(2).Matches<(LogLevel Level, int Id, string Name, string Text)>(
                entry => entry is (_, _, "FontWarning", "No font has these characters.")));
            Assert.That(FontFallback.OnWarning, Is.Null, "the host is gone");
            string[] told = [.. warnings.Where(entry => entry is (_, 6, "WriterWarning", _)).Select(entry => entry.Text)];
            Assert.That(told, Has.Length.EqualTo(5));
            Assert.That(told, Has.One.Contains("already contains event files"));
            Assert.That(told, Has.Exactly(2).StartsWith("The scalar 'loss' is 1E+39"));
            Assert.That(told, Has.Exactly(2).StartsWith("Nothing is recorded for 'Notised.*'"));
        }
    }
}
