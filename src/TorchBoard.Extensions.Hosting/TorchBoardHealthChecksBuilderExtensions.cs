using Microsoft.Extensions.Diagnostics.HealthChecks;
using TorchBoard.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds health checks of TorchBoard's writers.</summary>
public static class TorchBoardHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of a writer that <c>AddTorchBoard</c> added: it flushes the run, and fails with the reason while the run
    /// cannot be written or uploaded.
    /// </summary>
    /// <param name="builder">The builder, as <c>AddHealthChecks</c> returns it.</param>
    /// <param name="key">The key of the writer; none by default.</param>
    /// <param name="name">The name of the check; <c>torchboard</c> by default, followed by the key if there is one.</param>
    /// <param name="failureStatus">
    /// The status while the check fails; degraded by default, because the program still does its work.
    /// </param>
    /// <param name="tags">Tags to filter checks by.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddTorchBoard(
        this IHealthChecksBuilder builder,
        string? key = null,
        string? name = null,
        HealthStatus failureStatus = HealthStatus.Degraded,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string writer = key ?? Options.Options.DefaultName;
        return builder.Add(new HealthCheckRegistration(
            name ?? (writer.Length == 0 ? "torchboard" : $"torchboard-{writer}"),
            services => new WriterHealthCheck(services.GetRequiredKeyedService<HostedWriter>(writer)),
            failureStatus,
            tags));
    }
}
