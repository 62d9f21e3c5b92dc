using TorchBoard.Reading;
using TorchBoard.Records;
using TorchBoard.Storage;

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
    /// <exception cref="ArgumentException">The path is null, empty or a URI such as <c>s3://…</c>.</exception>
    /// <exception cref="DirectoryNotFoundException">The path does not exist.</exception>
    /// <exception cref="FileNotFoundException">The event file does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory or a file is denied.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<LoggedEvent> ReadEvents(string path, RunLogOptions? options = null)
    {
        RunStorage storage = RunStorage.Of(path);
        return ReadFiles(storage, FilesOf(storage, path), storage.NameOf(path), options ?? RunLogOptions.Default);
    }

    private static IEnumerable<LoggedEvent> ReadFiles(
        RunStorage storage, IReadOnlyList<string> files, string name, RunLogOptions options)
    {
        var events = new EventStream(name, options.Tags, options.Kinds, options.OnCorruptRecord);
        foreach (string file in files)
        {
            using var reader = new RecordReader(storage.OpenRead(file));
            while (events.Next(reader, file) is { } logged)
                yield return logged;
        }
    }
}
