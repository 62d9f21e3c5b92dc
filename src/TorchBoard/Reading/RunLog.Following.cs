using System.Runtime.CompilerServices;
using TorchBoard.Reading;
using TorchBoard.Records;

namespace TorchBoard;

public sealed partial class RunLog
{
    private const int FollowBufferSize = 1 << 16;

    /// <summary>
    /// Follows a run as it grows: yields the existing events, then those appended to any file of the run, until it is
    /// canceled. The directory may have no event file yet, or not exist yet. No file is kept open while waiting.
    /// </summary>
    /// <param name="path">A directory with event files, or one event file.</param>
    /// <param name="options">Options; by default, checks every 200 ms, or every ten seconds with a storage.</param>
    /// <param name="cancellationToken">Stops following.</param>
    /// <exception cref="ArgumentException">
    /// The path is null or empty, or not one of the storage: a URI such as <c>s3://…</c> needs a
    /// <see cref="FollowOptions.Storage"/>.
    /// </exception>
    /// <exception cref="FileNotFoundException">The event file does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// Access to the directory is denied; or to a file, if <see cref="FollowOptions.OnCorruptRecord"/> is null.
    /// </exception>
    /// <exception cref="IOException">
    /// A file cannot be read, if <see cref="FollowOptions.OnCorruptRecord"/> is null.
    /// </exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static IAsyncEnumerable<LoggedEvent> FollowAsync(
        string path, FollowOptions? options = null, CancellationToken cancellationToken = default)
    {
        return Follow(RunStorage.Of(path, options?.Storage), path, options ?? FollowOptions.Default, cancellationToken);
    }

    private static async IAsyncEnumerable<LoggedEvent> Follow(
        RunStorage storage, string path, FollowOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var positions = new Dictionary<string, RecordPosition>(StringComparer.Ordinal);
        var pace = new FollowPace(options.PollInterval);
        var runs = new Dictionary<string, EventStream>(StringComparer.Ordinal);
        var unreadable = new UnreadableFiles(options.OnCorruptRecord);
        while (true)
        {
            pace.Begin();
            RunStorage now = storage.Snapshot(path);

            // A store is listed as a whole even for a few files.
            IEnumerable<(EventStream Run, string File)>? some = options.Storage is null ? pace.OnlyActive : null;
            foreach ((EventStream run, string file) in some ?? AllFiles(now, path, options, runs, unreadable))
            {
                using RecordReader? reader = Reopen(now, file, positions.GetValueOrDefault(file), unreadable);
                if (reader is null)
                    continue;
                pace.Pause();
                while (Next(run, reader, file, unreadable) is { } logged)
                {
                    pace.IsActive(run, file);
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return logged;
                }

                positions[file] = reader.Position;
                pace.Resume();
            }

            await Task.Delay(pace.End(), options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IEnumerable<(EventStream Run, string File)> AllFiles(
        RunStorage storage, string path, FollowOptions options, Dictionary<string, EventStream> runs,
        UnreadableFiles unreadable)
    {
        // A store may be unreachable for a while; a directory that cannot be listed stays so.
        UnreadableFiles? tolerant = options.Storage is null ? null : unreadable;
        foreach ((string name, string directory) in RunsAt(storage, path, options.IncludeSubdirectories, tolerant))
        {
            if (!runs.TryGetValue(directory, out EventStream? run))
            {
                run = new EventStream(name, options.Tags, options.Kinds, options.OnCorruptRecord);
                runs.Add(directory, run);
            }

            foreach (string file in IfPresent(storage.EventFilesOf, directory, tolerant))
                yield return (run, file);
        }
    }

    private static IReadOnlyList<(string Name, string Path)> RunsAt(
        RunStorage storage, string path, bool includeSubdirectories, UnreadableFiles? tolerant) =>
        includeSubdirectories ? IfPresent(storage.RunsBelow, path, tolerant) : [(storage.NameOf(path), path)];

    // A directory may be created later, or be deleted while its runs are followed.
    private static IReadOnlyList<T> IfPresent<T>(
        Func<string, IReadOnlyList<T>> list, string directory, UnreadableFiles? tolerant)
    {
        try
        {
            IReadOnlyList<T> listed = list(directory);
            tolerant?.Remove(directory);
            return listed;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is not FileNotFoundException && tolerant?.Handles(e) == true)
        {
            tolerant.Add(directory, 0, e);
            return [];
        }
    }

    // Returns null if there is nothing new or the file or its directory was deleted after it was listed.
    private static RecordReader? Reopen(
        RunStorage storage, string file, RecordPosition position, UnreadableFiles unreadable)
    {
        RecordReader? reader = null;
        try
        {
            reader = new RecordReader(storage.OpenRead(file), position, FollowBufferSize);
            if (reader.FileLength > position.Offset)
                return reader;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (unreadable.Handles(e))
        {
            unreadable.Add(file, position.Offset, e);
        }

        reader?.Dispose();
        return null;
    }

    private static LoggedEvent? Next(EventStream run, RecordReader reader, string file, UnreadableFiles unreadable)
    {
        try
        {
            LoggedEvent? next = run.Next(reader, file);
            unreadable.Remove(file);
            return next;
        }
        catch (Exception e) when (unreadable.Handles(e))
        {
            unreadable.Add(file, reader.Position.Offset, e);
            return null;
        }
    }
}
