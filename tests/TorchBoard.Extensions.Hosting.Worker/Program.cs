using System.Diagnostics.Metrics;
using TorchBoard;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddTorchBoard(options => options.Meters.Add("MyCompany.*"));
builder.Services.AddHostedService<Training>();
builder.Build().Run();

internal sealed class Training(SummaryWriter writer, IMeterFactory meters, ILogger<Training> logger) : BackgroundService
{
    private readonly Counter<int> _batches = meters.Create("MyCompany.Training").CreateCounter<int>("batches");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (long step = 1; !stoppingToken.IsCancellationRequested; step++)
        {
            await pace.WaitForNextTickAsync(CancellationToken.None);        // your training step
            writer.AddScalar("loss", 1.0 / step, step);
            _batches.Add(1);
            logger.LogInformation("Step {Step}", step);
        }
    }
}
