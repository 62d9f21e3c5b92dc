namespace TorchBoard.Pipeline;

/// <summary>
/// Files beside the event file, written by the background thread in the order of the calls. There is no record. What
/// can never be written, such as where a file is in a directory's place, must not hold up the events after it: after
/// about a minute of attempts it is given up, unless the disk is full, which holds up the events as well.
/// </summary>
/// <param name="write">Writes them; may be called again where it failed.</param>
/// <param name="size">The bytes that are kept in memory until then.</param>
internal sealed class DeferredFiles(Action write, long size) : IDeferredRecord
{
    // By the pauses of an outage; sooner where somebody flushes or disposes the writer, who waits for it.
    private const int MostAttempts = 16;

    private int _attempts;

    public long Size => size;

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
            throw new InvalidOperationException($"{e.Message} These files are left out; the events go on.", e);
        }
    }

    // ENOSPC and EDQUOT of Linux, EDQUOT of macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static bool IsOutOfSpace(Exception e) =>
        e.HResult is 28 or 122 or 69 or unchecked((int)0x80070027) or unchecked((int)0x80070070);
}
