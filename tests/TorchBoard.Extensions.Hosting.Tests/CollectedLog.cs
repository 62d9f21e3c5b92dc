using Microsoft.Extensions.Logging;

namespace TorchBoard.Extensions.Hosting.Tests;

/// <summary>A logger that keeps the entries of the writer's category.</summary>
internal sealed class CollectedLog : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();
    private readonly List<(LogLevel Level, int Id, string Name, string Text)> _entries = [];

    public (LogLevel Level, int Id, string Name, string Text)[] Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    public ILogger CreateLogger(string categoryName) =>
        categoryName == "TorchBoard.SummaryWriter" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
            _entries.Add((logLevel, eventId.Id, eventId.Name ?? "", formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
