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
    // A change takes milliseconds; a longer wait fails, and the writer retries later.
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(10);

    private static long _written;

    /// <inheritdoc cref="RunStorage.WriteFile"/>
    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string unfinished = string.Create(
            CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.{Interlocked.Increment(ref _written)}.tmp");
        try
        {
            using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                write(file);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <inheritdoc cref="RunStorage.UpdateFile"/>
    public static void Update(string path, Func<string, string> change)
    {
        string directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        using FileStream held = Lock(Path.Combine(directory, $".{Path.GetFileNameWithoutExtension(path)}.lock"));
        string text = File.Exists(path) ? File.ReadAllText(path) : "";
        byte[] changed = Encoding.UTF8.GetBytes(change(text));
        Write(path, file => file.Write(changed));
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
