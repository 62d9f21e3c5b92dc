using TorchBoard.Storage.Local;

namespace TorchBoard.Storage;

/// <summary>
/// Where runs live: a directory, or an object store. A run is a place that holds event files, and below which other
/// runs may lie.
/// </summary>
/// <remarks>
/// <para>
/// Paths are text that only their storage understands, such as <c>runs/digits</c> or <c>s3://bucket/digits</c>: nobody
/// else takes them apart or puts them together. Thread-safe.
/// </para>
/// <para>
/// Whatever a member throws, of whatever type, means that the storage cannot do it now. A writer keeps what it could
/// not write, says so once, and tries again; that includes <see cref="OutOfMemoryException"/>, as the next attempt may
/// find memory.
/// </para>
/// </remarks>
internal abstract class RunStorage
{
    /// <summary>The storage that a path belongs to.</summary>
    public static RunStorage Of(string path) => DirectoryStorage.Instance;

    /// <summary>The path in full, which stays the same whatever the process does.</summary>
    public abstract string FullPath(string path);

    /// <summary>The path of a run or a file below another path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="name">One name, or several separated by slashes.</param>
    public abstract string Below(string path, string name);

    /// <summary>The name of a run that is opened by itself: the last one of its path.</summary>
    public abstract string NameOf(string path);

    /// <summary>
    /// The runs at a path and below, with their names relative to it (<c>.</c> for the path itself) and separated by
    /// slashes; in the ordinal order of the names.
    /// </summary>
    /// <exception cref="IOException">There is nothing at the path, or it cannot be listed.</exception>
    public abstract IReadOnlyList<(string Name, string Path)> RunsBelow(string path);

    /// <summary>
    /// The event files of a run, in the ordinal order of their names, or the one file that the path names.
    /// </summary>
    /// <exception cref="IOException">There is nothing at the path, or it cannot be listed.</exception>
    public abstract IReadOnlyList<string> EventFilesOf(string path);

    /// <summary>Opens a file for reading, which is never in the way of whoever writes, moves or deletes it.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public abstract IStoredFile OpenRead(string path);

    /// <summary>
    /// Makes a new event file in a run, which is made too where it is missing. No other writer has the file, and its
    /// name comes after those of the event files that are there.
    /// </summary>
    /// <param name="run">The run's path.</param>
    /// <param name="now">The time, of which the name begins.</param>
    /// <param name="suffix">The end of the name.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public abstract IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix);

    /// <summary>Writes a file whole or not at all; nobody ever reads half of it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public abstract void WriteFile(string path, Action<Stream> write);

    /// <summary>
    /// Changes a small text file that others may be changing at the same time, in other processes too: no change is
    /// lost.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="change">
    /// Makes the new text from the old one, which is empty where there is no file. May be called more than once.
    /// </param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public abstract void UpdateFile(string path, Func<string, string> change);
}
