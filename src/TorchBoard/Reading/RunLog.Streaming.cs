using System.Runtime.ExceptionServices;
using TorchBoard.Reading;

namespace TorchBoard;

public sealed partial class RunLog
{
    /// <summary>
    /// Reads the events of a run one by one, in the order of the files, for files larger than memory. No points are
    /// purged; <see cref="LoggedEvent.IsSessionStart"/> tells where a writer requested it.
    /// </summary>
    /// <param name="path">A directory with event files, or one event file.</param>
    /// <param name="options">What to read; everything by default. Events without a selected value are omitted.</param>
    /// <exception cref="InvalidDataException">The directory has no event file.</exception>
    /// <exception cref="ArgumentException">
    /// The path is null or empty, or not one of the storage: a URI such as <c>s3://…</c> needs a
    /// <see cref="RunLogOptions.Storage"/>.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">The path does not exist.</exception>
    /// <exception cref="FileNotFoundException">The event file does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// Access to the directory is denied; or to a file, and the options have no callback for it.
    /// </exception>
    /// <exception cref="IOException">
    /// The directory cannot be listed; or a file cannot be read, and the options have no callback for it.
    /// </exception>
    public static IEnumerable<LoggedEvent> ReadEvents(string path, RunLogOptions? options = null)
    {
        RunStorage storage = RunStorage.Of(path, options?.Storage).Snapshot(path);
        return Stream(storage, path, storage.NameOf(path), options ?? RunLogOptions.Default);
    }

    internal static IEnumerable<LoggedEvent> Stream(
        RunStorage storage, string path, string name, RunLogOptions options) =>
        ReadFiles(storage, FilesOf(storage, path), name, options);

    private static IEnumerable<LoggedEvent> ReadFiles(
        RunStorage storage, IReadOnlyList<string> files, string name, RunLogOptions options)
    {
        var events = new EventStream(name, options.Tags, options.Kinds, options.OnCorruptRecord);
        for (int i = 0; i < files.Count; i++)
        {
            // Not at once: a caller may want the first events only.
            if (i == 1)
                storage.WillRead(files.Skip(1));
            using EventFileScan<StreamSink> scan = events.Begin(storage, files[i]);
            while (events.Next(scan) is { } logged)
                yield return logged;

            // Without the callback, nothing else would tell that events are missing.
            if (scan.Failure is { } failure && options.OnCorruptRecord is null)
                ExceptionDispatchInfo.Throw(failure);
            options.OnFileRead?.Invoke(scan.Info);
        }
    }
}
