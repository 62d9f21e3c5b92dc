using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TorchBoard.Extensions.Hosting;

/// <summary>Whether the run of a writer can be written: what was added is flushed, and nothing fails to be uploaded.</summary>
internal sealed class WriterHealthCheck(HostedWriter hosted) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (hosted.Writer is not { } writer)
            return HealthCheckResult.Healthy("The run is not open yet.");
        Exception? failure = await FlushAsync(writer, cancellationToken) ?? hosted.FailedUpload;
        var data = new Dictionary<string, object>
        {
            ["directory"] = writer.LogDirectory,
            ["droppedEvents"] = writer.DroppedEvents,
        };
        return failure is null
            ? HealthCheckResult.Healthy($"'{writer.LogDirectory}' is written.", data)
            : new HealthCheckResult(
                context.Registration.FailureStatus,
                $"'{writer.LogDirectory}' cannot be written: {failure.Message} Events lost: {writer.DroppedEvents}.",
                failure,
                data);
    }

    private static async Task<Exception?> FlushAsync(SummaryWriter writer, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        try
        {
            await writer.FlushAsync(limited.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TimeoutException($"The storage did not respond within {Patience.Seconds} seconds.");
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            return e;
        }
        catch (ObjectDisposedException)
        {
            return new IOException("The writer is closed.");
        }
    }
}
