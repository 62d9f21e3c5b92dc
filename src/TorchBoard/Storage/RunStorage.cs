using System.Runtime.CompilerServices;
using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard;

/// <summary>
/// A place where runs are stored. Without one, runs are stored in directories of the file system; the packages
/// <c>TorchBoard.S3</c> and <c>TorchBoard.AzureBlobs</c> contain others. Thread-safe.
/// </summary>
/// <remarks>
/// A storage for another kind of object store derives from <see cref="ObjectStorage"/>; no other class can derive from
/// this one.
/// </remarks>
public abstract class RunStorage
{
    // A run is a location that contains event files; other runs may be below it. Only its storage interprets a path,
    // such as runs/digits or s3://bucket/digits; other code neither splits nor combines paths.
    //
    // Any exception of a member, of any type, means that the operation is not possible at present. A writer keeps the
    // data it could not write, reports the failure once and retries. That includes OutOfMemoryException, because memory
    // may be available at the next attempt.
    private protected RunStorage()
    {
    }

    /// <summary>Returns the storage of a path that a program passed.</summary>
    /// <param name="path">The path.</param>
    /// <param name="storage">The storage that the program passed with it; null for the file system.</param>
    /// <param name="argument">The name of the argument, for the message.</param>
    /// <exception cref="ArgumentException">
    /// The path is null or empty; it is not one of the storage; it is a URI, and there is no storage; or it begins with
    /// the home directory of a named user.
    /// </exception>
    internal static RunStorage Of(
        string path, RunStorage? storage, [CallerArgumentExpression(nameof(path))] string? argument = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path, argument);
        if (storage is not null)
        {
            storage.ThrowIfForeign(path, argument);
            return storage;
        }

        UriScheme.ThrowIfUri(path, argument);
        LocalPath.ThrowIfOfUser(path, argument);
        return DirectoryStorage.Instance;
    }

    /// <summary>Throws unless the storage can have a path that a program passed.</summary>
    /// <exception cref="ArgumentException">It is a path of another storage, or of none.</exception>
    internal virtual void ThrowIfForeign(string path, string? argument)
    {
    }

    /// <summary>
    /// Returns a storage to read what is at and below a path at present. An object store is listed once for it, when it
    /// is first used, rather than once per run and file.
    /// </summary>
    internal virtual RunStorage Snapshot(string path) => this;

    /// <summary>Returns the full path, which does not depend on the state of the process.</summary>
    internal abstract string FullPath(string path);

    /// <summary>Returns the path of a run or a file below another path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="name">One name, or several separated by slashes.</param>
    internal abstract string Below(string path, string name);

    /// <summary>Returns whether a file below a path is also there when symbolic links are followed.</summary>
    /// <param name="path">The path.</param>
    /// <param name="name">Names separated by slashes, none of them <c>..</c>.</param>
    /// <exception cref="IOException">A link cannot be followed.</exception>
    internal virtual bool IsBelow(string path, string name) => true;

    /// <summary>Returns the name of a run that is opened on its own: the last part of its path.</summary>
    internal abstract string NameOf(string path);

    /// <summary>
    /// Returns the runs in and below a path, with their names relative to it (<c>.</c> for the path itself), separated
    /// by slashes; in ordinal order of the names.
    /// </summary>
    /// <exception cref="IOException">The path does not exist or cannot be listed.</exception>
    internal abstract IReadOnlyList<(string Name, string Path)> RunsBelow(string path);

    /// <inheritdoc cref="RunsBelow(string)"/>
    /// <param name="path">The path.</param>
    /// <param name="onUnreadable">
    /// Called for each location below the path that cannot be listed, with its path and the reason.
    /// </param>
    internal virtual IReadOnlyList<(string Name, string Path)> RunsBelow(
        string path, Action<string, string> onUnreadable) => RunsBelow(path);

    /// <summary>Returns the runs in and below a path, each with what <see cref="EventFilesOf"/> returns for it.</summary>
    /// <inheritdoc cref="RunsBelow(string, Action{string, string})"/>
    internal virtual IReadOnlyList<(string Name, string Path, IReadOnlyList<string> Files)> RunsWithFilesBelow(
        string path, Action<string, string> onUnreadable) =>
        [.. RunsBelow(path, onUnreadable).Select(run => (run.Name, run.Path, EventFilesOf(run.Path)))];

    /// <summary>
    /// Returns the event files of a run in ordinal order of their names, or the single file at the path.
    /// </summary>
    /// <exception cref="IOException">The path does not exist or cannot be listed.</exception>
    internal abstract IReadOnlyList<string> EventFilesOf(string path);

    /// <summary>Returns the current length of a file, faster than opening it where that is possible.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be opened.</exception>
    internal virtual long LengthOf(string path)
    {
        using IStoredFile file = OpenRead(path);
        return file.Length;
    }

    /// <summary>Returns what distinguishes the content of a file from earlier ones; null if there is no such file.</summary>
    /// <exception cref="IOException">That is not known at present.</exception>
    internal abstract string? VersionOf(string path);

    /// <summary>
    /// Announces files that will be read from their beginnings, in this order: an object store is asked for several at a
    /// time.
    /// </summary>
    internal virtual void WillRead(IEnumerable<string> files)
    {
    }

    /// <summary>Opens a file for reading; others can still write, move or delete it.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    internal abstract IStoredFile OpenRead(string path);

    /// <summary>Reads a whole file; null if it is longer than a number of bytes.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    internal virtual byte[]? ReadFile(string path, int maxBytes)
    {
        using IStoredFile file = OpenRead(path);
        long length = file.Length;
        if (length > maxBytes)
            return null;
        byte[] content = new byte[length];
        int read = 0;
        while (read < content.Length && file.Read(content.AsSpan(read), read) is var count and > 0)
            read += count;
        return content[..read];
    }

    /// <summary>
    /// Creates a new event file in a run and, if necessary, the run. No other writer uses the file, and its name sorts
    /// after those of existing event files.
    /// </summary>
    /// <param name="run">The run's path.</param>
    /// <param name="now">The current time, for the file's name.</param>
    /// <param name="suffix">The end of the name.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    internal abstract IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix);

    /// <summary>Creates an event file of a given path and, if necessary, its directory.</summary>
    /// <exception cref="IOException">The file already exists or cannot be created.</exception>
    internal abstract IEventFile CreateFile(string path);

    /// <summary>Writes a file atomically: readers never see a part of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="sync">Whether to wait until it would survive a power failure.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal abstract void WriteFile(string path, Action<Stream> write, bool sync = false);

    /// <summary>
    /// Changes a small text file that others, also in other processes, may change at the same time, without losing a
    /// change.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="change">
    /// Returns the new text for the old one, which is empty if there is no file. May be called more than once.
    /// </param>
    /// <param name="sync">Whether to wait until it would survive a power failure.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    internal abstract void UpdateFile(string path, Func<string, string> change, bool sync = false);
}
