using Microsoft.Extensions.Logging;

namespace TorchBoard.Extensions.Hosting;

/// <summary>What is logged about a writer, in the category <c>TorchBoard.SummaryWriter</c>.</summary>
internal static partial class WriterLog
{
    [LoggerMessage(1, LogLevel.Information, "The run is '{Directory}'.", EventName = nameof(RunOpened))]
    public static partial void RunOpened(ILogger logger, string directory);

    [LoggerMessage(
        2, LogLevel.Error, "'{Path}' cannot be written; it is retried. Events lost: {DroppedEvents}.",
        EventName = nameof(WriteFailed))]
    public static partial void WriteFailed(ILogger logger, string path, long droppedEvents, Exception exception);

    [LoggerMessage(
        3, LogLevel.Warning, "'{Path}' can be written again. Events lost: {DroppedEvents}.",
        EventName = nameof(WriteRecovered))]
    public static partial void WriteRecovered(ILogger logger, string path, long droppedEvents);

    [LoggerMessage(
        4, LogLevel.Error, "The run '{Directory}' has lost {DroppedEvents} events.", EventName = nameof(EventsLost))]
    public static partial void EventsLost(ILogger logger, string directory, long droppedEvents);

    [LoggerMessage(
        5, LogLevel.Error, "The run '{Directory}' could not be flushed when the host stopped.", EventName = nameof(FlushFailed))]
    public static partial void FlushFailed(ILogger logger, string directory, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "{Warning}", EventName = nameof(WriterWarning))]
    public static partial void WriterWarning(ILogger logger, string warning);

    [LoggerMessage(7, LogLevel.Warning, "{Warning}", EventName = nameof(FontWarning))]
    public static partial void FontWarning(ILogger logger, string warning);
}
