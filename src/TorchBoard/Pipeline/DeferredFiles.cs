namespace TorchBoard.Pipeline;

/// <summary>
/// Files beside the event file, written by the background thread in the order of the calls. There is no record.
/// </summary>
/// <param name="write">Writes them; may be called again where it failed.</param>
/// <param name="size">The bytes that are kept in memory until then.</param>
internal sealed class DeferredFiles(Action write, long size) : IDeferredRecord
{
    public long Size => size;

    public byte[] Encode()
    {
        write();
        return [];
    }
}
