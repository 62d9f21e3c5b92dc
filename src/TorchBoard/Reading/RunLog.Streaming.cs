using TorchBoard.Events;
using TorchBoard.Files;
using TorchBoard.Records;

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
    /// <inheritdoc cref="Open(string, RunLogOptions?)" path="/exception[not(@cref='T:System.IO.InvalidDataException')]"/>
    public static IEnumerable<LoggedEvent> ReadEvents(string path, RunLogOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadFiles(FilesOf(path), EventFiles.NameOf(path), options ?? RunLogOptions.Default);
    }

    private static IEnumerable<LoggedEvent> ReadFiles(string[] files, string name, RunLogOptions options)
    {
        var events = new LogEvents(name, options.Tags, options.Kinds, options.OnCorruptRecord);
        foreach (string file in files)
        {
            using var reader = new RecordReader(file);
            while (events.Next(reader, file) is { } logged)
                yield return logged;
        }
    }
}
