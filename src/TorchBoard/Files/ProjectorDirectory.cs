using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TorchBoard.Files;

/// <summary>
/// The files that the projector reads, in a run's directory. Each is written under another name and then renamed, so
/// that nobody ever reads half of one; the one file that all embeddings share is changed under a lock.
/// </summary>
internal static class ProjectorDirectory
{
    private const string ConfigName = "projector_config.pbtxt";
    private const string LockName = ".projector_config.lock";

    // A change takes milliseconds; whoever waits longer fails, and the writer tries again later.
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(10);

    private static long _written;

    /// <summary>
    /// The directory of one embedding, relative to the run's: <c>00012/tag</c>, as PyTorch names it. Tags that no
    /// directory can be named by get a name of their own all the same.
    /// </summary>
    public static string NameOf(string tag, long step)
    {
        string name = Marked(RunDirectory.Sanitize(tag), tag);
        int length = Encoding.UTF8.GetByteCount(name);
        if (length > RunDirectory.MaxNameBytes)
        {
            throw new ArgumentException(
                $"The tag of an embedding makes a directory's name, at most {RunDirectory.MaxNameBytes} bytes long; "
                + $"'{tag[..32]}…' makes {length}.",
                nameof(tag));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{step:D5}/{name}");
    }

    /// <summary>The name under which the projector lists an embedding.</summary>
    public static string TensorName(string tag, long step)
    {
        // The browser puts the name into an address as it is, where these would end or change it.
        string name = Marked(tag.Replace('&', '_').Replace('#', '_').Replace('+', '_').Replace('%', '_'), tag);
        return string.Create(CultureInfo.InvariantCulture, $"{name}:{step:D5}");
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteFile(string path, Action<Stream> write)
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

    /// <summary>
    /// Lists an embedding for the projector, beside those that any writer has listed in the directory.
    /// </summary>
    /// <exception cref="IOException">The list cannot be read or written.</exception>
    public static void Register(string directory, string tensorName, string entry)
    {
        string path = Path.Combine(directory, ConfigName);
        using FileStream held = Lock(Path.Combine(directory, LockName));
        string config = File.Exists(path) ? File.ReadAllText(path) : "";
        byte[] changed = Encoding.UTF8.GetBytes(ProjectorConfig.With(config, tensorName, entry));
        WriteFile(path, file => file.Write(changed));
    }

    // Where a name had to be changed, two tags must not become one.
    private static string Marked(string name, string tag) => name == tag
        ? name
        : $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tag)).AsSpan(0, 4))}";

    // The file stays: where it is deleted, two may each hold a lock on a file of that name.
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
