namespace TorchBoard.Storage;

/// <summary>Takes the place of an event file where only files beside it are written.</summary>
internal sealed class NoEventFile(string path) : IEventFile
{
    public string Path => path;

    public bool IsGone => false;

    public void Append(ReadOnlySpan<byte> records)
    {
    }

    public void SyncToDisk()
    {
    }

    public void Dispose()
    {
    }
}
