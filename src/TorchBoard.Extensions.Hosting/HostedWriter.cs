using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TorchBoard.Drawing;
using TorchBoard.Monitoring;

namespace TorchBoard.Extensions.Hosting;

/// <summary>
/// The writer of a key. It is opened when it is first resolved, at the latest before other services start, flushed when they
/// have stopped, and closed by the container. Failures are logged.
/// </summary>
internal sealed class HostedWriter(IServiceProvider services, string key) : IHostedLifecycleService, IDisposable
{
    private readonly ILogger? _logger = services.GetService<ILogger<SummaryWriter>>();
    private readonly ConcurrentDictionary<string, Exception> _failedUploads = new(StringComparer.Ordinal);
    private SummaryWriter? _writer;
    private Action<string>? _fontWarnings;

    /// <summary>The writer; null before it is resolved.</summary>
    public SummaryWriter? Writer => Volatile.Read(ref _writer);

    /// <summary>The reason why data is not in the object store; null if all is.</summary>
    public Exception? FailedUpload => _failedUploads.IsEmpty ? null : _failedUploads.Values.FirstOrDefault();

    /// <summary>Opens the writer. Called once, by the container, which closes it.</summary>
    /// <exception cref="OptionsValidationException">The options are invalid.</exception>
    /// <exception cref="IOException">The run cannot be created.</exception>
    public SummaryWriter Open()
    {
        TorchBoardOptions options = services.GetRequiredService<IOptionsMonitor<TorchBoardOptions>>().Get(key);
        SummaryWriterOptions writerOptions = options.Writer with
        {
            Storage = StorageOf(options),
            OnWarning = options.Writer.OnWarning
                ?? (_logger is { } logger ? text => WriterLog.WriterWarning(logger, text) : null),
        };
        string directory = DirectoryOf(options);
        SummaryWriter writer = options.NewRunPerStart
            ? SummaryWriter.OpenNewRun(key.Length == 0 ? "" : $"_{key}", writerOptions, directory)
            : new SummaryWriter(directory, writerOptions);
        if (_logger is not null)
        {
            writer.WriteFailed += (_, e) => Failed(e);
            writer.WriteRecovered += (_, e) => Recovered(e);
            WriterLog.RunOpened(_logger, writer.LogDirectory);

            // Warnings about fonts concern the process: they go to the log of the writer that is opened first, until it is closed.
            _fontWarnings = text => WriterLog.FontWarning(_logger, text);
            FontFallback.OnWarning ??= _fontWarnings;
        }

        if (options.AddEnvironment)
            writer.AddEnvironment();
        if (options.Meters.Count > 0)
            writer.RecordMeters(options.Meters, options.Interval);
        if (options.MonitorSystem)
            writer.MonitorSystem(new SystemMonitorOptions { Interval = options.Interval });
        Volatile.Write(ref _writer, writer);
        return writer;
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Through the container, which closes the objects it has created.
        _ = key == Options.DefaultName
            ? services.GetRequiredService<SummaryWriter>()
            : services.GetRequiredKeyedService<SummaryWriter>(key);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (Writer is not { } writer)
            return;
        try
        {
            await writer.FlushAsync(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The program has closed the writer itself.
        }
        catch (Exception e) when (e is IOException or TimeoutException or OperationCanceledException)
        {
            if (_logger is not null)
                WriterLog.FlushFailed(_logger, writer.LogDirectory, e);
        }
    }

    /// <summary>Called after the writer is closed, which the container created later.</summary>
    public void Dispose()
    {
        if (_fontWarnings is not null && FontFallback.OnWarning == _fontWarnings)
            FontFallback.OnWarning = null;
        if (_logger is not null && Writer is { DroppedEvents: > 0 and var dropped } writer)
            WriterLog.EventsLost(_logger, writer.LogDirectory, dropped);
    }

    private RunStorage? StorageOf(TorchBoardOptions options)
    {
        if (options.StorageKey is { } storageKey)
        {
            return services.GetKeyedService<RunStorage>(storageKey)
                ?? throw new OptionsValidationException(
                    key,
                    typeof(TorchBoardOptions),
                    [
                        $"The container has no RunStorage with the key '{storageKey}', which the option Storage names. Register one: "
                        + $"services.AddKeyedSingleton<RunStorage>(\"{storageKey}\", …).",
                    ]);
        }

        return options.Writer.Storage ?? (IsUri(options.LogDirectory) ? services.GetService<RunStorage>() : null);
    }

    private string DirectoryOf(TorchBoardOptions options)
    {
        if (string.IsNullOrEmpty(options.LogDirectory))
        {
            throw new OptionsValidationException(
                key, typeof(TorchBoardOptions), ["LogDirectory is empty. Set the directory for runs, such as 'runs'."]);
        }

        // The current directory of a service of the system is not its own.
        string directory = options.LogDirectory;
        return IsUri(directory) || directory[0] == '~' || services.GetService<IHostEnvironment>() is not { } environment
            ? directory
            : Path.Combine(environment.ContentRootPath, directory);
    }

    private static bool IsUri(string directory) => directory.Contains("://", StringComparison.Ordinal);

    private void Failed(WriteFailedEventArgs e)
    {
        if (IsUri(e.Path))
            _failedUploads[e.Path] = e.Exception;
        WriterLog.WriteFailed(_logger!, e.Path, e.DroppedEvents, e.Exception);
    }

    private void Recovered(WriteRecoveredEventArgs e)
    {
        _failedUploads.TryRemove(e.Path, out _);
        WriterLog.WriteRecovered(_logger!, e.Path, e.DroppedEvents);
    }
}
