using TorchBoard.Reading;
using TorchBoard.Records;
using TorchBoard.Storage;

namespace TorchBoard;

public sealed partial class RunLog
{
    /// <summary>
    /// Reads a run's events one by one, as they stand in the files: for files larger than memory. Nothing is
    /// purged; <see cref="LoggedEvent.IsSessionStart"/> says where a writer meant it.
    /// </summary>
    /// <param name="path">A directory with event files, or one event file.</param>
    /// <param name="options">What is read; by default everything. An event without a chosen value is left out.</param>
    /// <exception cref="InvalidDataException">The directory has no event file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="FileNotFoundException">There is no such event file.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or a file may not be read.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<LoggedEvent> ReadEvents(string path, RunLogOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
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
