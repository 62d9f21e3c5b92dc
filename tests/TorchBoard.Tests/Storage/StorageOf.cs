using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

/// <summary>A storage in memory whose event files the test provides.</summary>
/// <param name="create">Creates the event file of a run.</param>
internal sealed class StorageOf(Func<string, IEventFile> create) : MemoryStorage
{
    internal override IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix) => create(run);
}
