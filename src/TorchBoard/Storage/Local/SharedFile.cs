using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TorchBoard.Storage.Local;

/// <summary>
/// Files that other processes may read or change at any time. Each is written under another name and then renamed, so
/// that no reader sees a part of it.
/// </summary>
internal static class SharedFile
{
    // A change takes milliseconds. All runs of a writer wait meanwhile, so a longer wait fails, and it retries later.
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(5);

    // Writers of one process take turns, so that none of them has to poll.
    private static readonly object Gate = new();

    private static long _written;

    /// <inheritdoc cref="RunStorage.WriteFile"/>
    public static void Write(string path, Action<Stream> write, bool sync)
    {
        string directory = Path.GetDirectoryName(path)!;
        NewEntries newEntries = NewEntries.OfFileIn(directory);
        Directory.CreateDirectory(directory);
        string unfinished = string.Create(
            CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.{Interlocked.Increment(ref _written)}.tmp");
        try
        {
            // A process with the same id may have left it behind.
            File.Delete(unfinished);
            WriteNew(unfinished, write, sync);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        if (sync)
            newEntries.SyncToDisk();
    }

    /// <inheritdoc cref="RunStorage.UpdateFile"/>
    public static void Update(string path, Func<string, string> change, bool sync)
    {
        string directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        lock (Gate)
        {
            using FileStream held = Lock(Path.Combine(directory, $".{Path.GetFileNameWithoutExtension(path)}.lock"));
            string text = File.Exists(path) ? File.ReadAllText(path) : "";
            byte[] changed = Encoding.UTF8.GetBytes(change(text));
            Write(path, file => file.Write(changed), sync);
        }
    }

    private static void WriteNew(string path, Action<Stream> write, bool sync)
    {
        using WritableFile file = WritableFile.Create(path);
        using (var stream = new BufferedStream(new AppendingStream(file), 1 << 16))
            write(stream);
        if (sync)
            file.SyncToDisk();
    }

    // The lock file is kept: if it were deleted, two processes could hold locks on different files of that name.
    private static FileStream Lock(string path)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && Stopwatch.GetElapsedTime(start) < LockTimeout)
            {
                Thread.Sleep(LockPoll);
            }
        }
    }
}
