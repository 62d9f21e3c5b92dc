using System.Globalization;
using System.Security.Cryptography;
using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard.Uploading;

/// <summary>
/// Files on the local disk that are to be uploaded: a directory for each writer, which holds a lock while it lives. What
/// a writer leaves there, because the store did not answer or the process was killed, is uploaded by the next writer to
/// the same bucket or container, or by <see cref="RunSync"/>. Thread-safe.
/// </summary>
internal sealed class Spool : IDisposable
{
    private const string LockName = "lock";
    private const string DestinationName = "destination";
    private const string FileExtension = ".spooled";

    private readonly FileStream _lock;
    private readonly string _scheme;
    private readonly long _limit;
    private long _bytes;
    private long _numbers;

    private Spool(string directory, FileStream held, string scheme, long limit)
    {
        Directory = directory;
        _lock = held;
        _scheme = scheme;
        _limit = limit;
    }

    /// <summary>The directory that is used if a program names none.</summary>
    public static string DefaultRoot
    {
        get
        {
            // Not the temporary directory, which is often emptied or in memory, unless there is no home directory.
            string data = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0
                ? Path.Combine(data, "TorchBoard", "spool")
                : Path.Combine(Path.GetTempPath(), $"torchboard-spool-{EventFileName.Host(Environment.UserName)}");
        }
    }

    /// <summary>Returns the full path of a directory that a program names.</summary>
    public static string RootOf(string? directory) => LocalPath.Full(directory ?? DefaultRoot);

    public string Directory { get; }

    /// <summary>Distinguishes this spool from all others, on any machine.</summary>
    public string Id => Directory[^8..];

    /// <summary>The number of bytes that are not uploaded yet, or not removed yet.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Creates a spool.</summary>
    /// <param name="root">The directory of all spools.</param>
    /// <param name="store">The store that the files go to.</param>
    /// <param name="container">The bucket or container.</param>
    /// <param name="limit">The maximum number of bytes.</param>
    /// <exception cref="IOException">The directory cannot be created.</exception>
    public static Spool Create(string root, ObjectStorage store, string container, long limit)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        string host = EventFileName.Host(Environment.MachineName);
        string directory = Path.Combine(
            root, string.Create(CultureInfo.InvariantCulture, $"{host}-{Environment.ProcessId}-{id}"));
        try
        {
            CreatePrivate(root);
            CreatePrivate(directory);
            var held = new FileStream(
                Path.Combine(directory, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            var spool = new Spool(directory, held, store.Scheme, limit);
            File.WriteAllLines(Path.Combine(directory, DestinationName), [store.Scheme, container, store.Endpoint]);
            return spool;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Files cannot be created in the spool '{root}', from which they are uploaded: {e.Message} Set "
                + $"{nameof(SummaryWriterOptions)}.{nameof(SummaryWriterOptions.SpoolDirectory)} to another directory.",
                e);
        }
    }

    /// <summary>Takes over the spools that nobody uploads to a container anymore.</summary>
    public static List<Spool> Left(string root, ObjectStorage store, string container)
    {
        var left = new List<Spool>();
        if (!System.IO.Directory.Exists(root))
            return left;
        foreach (string directory in System.IO.Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            if (TryTake(directory, store, container) is { } spool)
                left.Add(spool);
        }

        return left;
    }

    /// <summary>The files of a spool that was left, in the order in which they were created.</summary>
    public List<SpoolFile> Files()
    {
        var files = new List<SpoolFile>();
        foreach (string path in System.IO.Directory.EnumerateFiles(Directory, $"*{FileExtension}").Order(StringComparer.Ordinal))
        {
            if (File.Exists(path) && SpoolFile.Load(path, _scheme) is { } file)
                files.Add(file);
        }

        _numbers = files.Count == 0
            ? 0
            : long.Parse(Path.GetFileNameWithoutExtension(files[^1].Path), CultureInfo.InvariantCulture);
        Interlocked.Add(ref _bytes, files.Sum(file => file.Length));
        return files;
    }

    /// <summary>Returns a new file, which is not created yet.</summary>
    public SpoolFile Next(SpoolKind kind, ObjectPath target, long offset)
    {
        string name = EventFileName.Digits(Interlocked.Increment(ref _numbers), 10) + FileExtension;
        var file = new SpoolFile(Path.Combine(Directory, name), _scheme, kind, target, offset);
        file.SaveNote();
        return file;
    }

    /// <summary>Counts bytes that are about to be written.</summary>
    /// <exception cref="IOException">There would be more than the limit.</exception>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= _limit)
            return;
        Interlocked.Add(ref _bytes, -bytes);
        throw new IOException(string.Create(
            CultureInfo.InvariantCulture,
            $"The spool '{Directory}' is full: {Bytes} bytes wait for the store, and the limit is {_limit}. See "
            + $"{nameof(SummaryWriterOptions)}.{nameof(SummaryWriterOptions.SpooledBytesLimit)}."));
    }

    /// <summary>Counts bytes even beyond the limit.</summary>
    public void Count(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Gives back bytes that were not written.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _bytes, -bytes);

    /// <summary>Removes a file that is uploaded.</summary>
    public void Remove(SpoolFile file)
    {
        Return(file.Length);
        try
        {
            file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is found there later, and is then equal to what the store has.
        }
    }

    /// <summary>Ends the use of the spool. It is deleted if nothing is left in it.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        try
        {
            if (System.IO.Directory.EnumerateFiles(Directory, $"*{FileExtension}").Any())
                return;
            System.IO.Directory.Delete(Directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has found it and deletes it, too.
        }
    }

    private static Spool? TryTake(string directory, ObjectStorage store, string container)
    {
        FileStream? held = null;
        try
        {
            string[] destination = File.ReadAllLines(Path.Combine(directory, DestinationName));
            if (!destination.SequenceEqual([store.Scheme, container, store.Endpoint]))
                return null;
            held = new FileStream(
                Path.Combine(directory, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return new Spool(directory, held, store.Scheme, long.MaxValue);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its writer lives, or it is of another user, or another process deletes it.
            held?.Dispose();
            return null;
        }
    }

    /// <summary>Creates a directory that only this user can open.</summary>
    public static void CreatePrivate(string directory)
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(directory);
        else
            System.IO.Directory.CreateDirectory(directory, mode);
    }
}
