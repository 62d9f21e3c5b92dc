using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TorchBoard;
using TorchBoard.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds writers of TorchBoard to a container.</summary>
public static class TorchBoardServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="SummaryWriter"/> as a singleton. It is opened when the host starts, flushed when all services have
    /// stopped and closed with the container; its failures go to <c>ILogger</c>.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Changes the options, which are first read from the section <c>TorchBoard</c>.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// Options that are invalid and a run that cannot be created fail the start of the host. Without a host, the writer is
    /// opened when it is first resolved.
    /// </remarks>
    public static IServiceCollection AddTorchBoard(
        this IServiceCollection services, Action<TorchBoardOptions>? configure = null) =>
        Add(services, Options.Options.DefaultName, null, configure);

    /// <summary>Adds a <see cref="SummaryWriter"/> as a singleton, with options from a section of one's own.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="section">The section with the options, in place of <c>TorchBoard</c>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTorchBoard(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, Options.Options.DefaultName, section, null);
    }

    /// <summary>
    /// Adds a <see cref="SummaryWriter"/> as a keyed singleton, with a run of its own; otherwise as
    /// <see cref="AddTorchBoard(IServiceCollection, Action{TorchBoardOptions})"/> does.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="key">The key, for <c>[FromKeyedServices]</c>; it is part of the name of the run.</param>
    /// <param name="configure">
    /// Changes the options, which are first read from the section <c>TorchBoard:Writers:KEY</c>.
    /// </param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">The key is null or empty.</exception>
    public static IServiceCollection AddKeyedTorchBoard(
        this IServiceCollection services, string key, Action<TorchBoardOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Add(services, key, null, configure);
    }

    private static IServiceCollection Add(
        IServiceCollection services, string key, IConfiguration? section, Action<TorchBoardOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<TorchBoardOptions> options = services.AddOptions<TorchBoardOptions>(key);
        bool isFirst = !services.Any(
            one => one.ServiceType == typeof(HostedWriter) && one.IsKeyedService && key.Equals(one.ServiceKey));
        if (section is not null)
            options.Configure(bound => WriterConfiguration.Apply(section, bound, key));
        else if (isFirst)
            options.Configure<IServiceProvider>((bound, provider) => ApplyDefaultSection(bound, provider, key));
        if (configure is not null)
            options.Configure(configure);
        if (!isFirst)
            return services;

        services.AddKeyedSingleton(key, (provider, _) => new HostedWriter(provider, key));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<HostedWriter>(key));
        return key == Options.Options.DefaultName
            ? services.AddSingleton(provider => provider.GetRequiredKeyedService<HostedWriter>(key).Open())
            : services.AddKeyedSingleton(key, (provider, _) => provider.GetRequiredKeyedService<HostedWriter>(key).Open());
    }

    private static void ApplyDefaultSection(TorchBoardOptions options, IServiceProvider provider, string key)
    {
        if (provider.GetService<IConfiguration>() is { } configuration)
            WriterConfiguration.Apply(WriterConfiguration.SectionOf(configuration, key), options, key);
    }
}
