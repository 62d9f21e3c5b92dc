namespace TorchBoard.Writing;

/// <summary>
/// Reports for which the program has no handler. A report never holds up its caller: standard error may be a full pipe
/// that nobody reads.
/// </summary>
internal static class StandardError
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly object Gate = new();

    private static Thread? _writing;

    /// <summary>Writes a line, or drops it while an earlier one cannot be written.</summary>
    public static void WriteLine(string line)
    {
        // Others wait here while a line is written, but not while one is stuck.
        lock (Gate)
        {
            if (_writing is { IsAlive: true })
                return;
            _writing = new Thread(() => Write(line)) { IsBackground = true, Name = "TorchBoard report" };
            _writing.Start();
            _writing.Join(Patience);
        }
    }

    private static void Write(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception)
        {
            // Standard error may be redirected to the same full disk or to user code. Nothing else can be notified.
        }
    }
}
