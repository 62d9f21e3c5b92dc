namespace TorchBoard.Pipeline;

/// <summary>
/// Files beside the event file, written by the background thread. They have no record. Files that can never be written,
/// for example because a directory has the same name, are abandoned after about a minute of attempts, unless the disk is
/// full.
/// </summary>
/// <param name="write">Writes the files; may be called again after a failure.</param>
/// <param name="size">The number of bytes held in memory until then.</param>
/// <param name="path">Returns the file written last.</param>
internal sealed class DeferredFiles(Action write, long size, Func<string> path) : IDeferredRecord
{
    // About a minute with the pauses of an outage; less if a waiting flush or dispose makes it retry sooner.
    private const int MostAttempts = 16;

    private int _attempts;

    public long Size => size;

    public string Path => path();

    public bool IsTriedAgain { get; private set; } = true;

    public byte[] Encode()
    {
        try
        {
            write();
            return [];
        }
        catch (Exception e) when (!IsOutOfSpace(e) && ++_attempts == MostAttempts)
        {
            IsTriedAgain = false;
            throw new InvalidOperationException($"{e.Message} These files are not written; the events are.", e);
        }
    }

    // ENOSPC and EDQUOT on Linux, EDQUOT on macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL on Windows.
    private static bool IsOutOfSpace(Exception e) =>
        e.HResult is 28 or 122 or 69 or unchecked((int)0x80070027) or unchecked((int)0x80070070);
}
