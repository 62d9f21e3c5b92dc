using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

/// <summary>A store in memory, but for its event files, which the test makes.</summary>
/// <param name="create">Makes the event file of a run.</param>
internal sealed class StorageOf(Func<string, IEventFile> create) : MemoryStorage
{
    public override IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix) => create(run);
}
