using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Rewriting;

/// <summary>
/// Reads runs to copy them. Parts that cannot be read are warnings; files and directories of which nothing can be read
/// are lost, and the others are read.
/// </summary>
internal sealed class SourceRuns(Terminal terminal)
{
    private readonly List<LostFile> _lost = [];

    public IReadOnlyList<LostFile> Lost => _lost;

    /// <summary>The total length of the files that were read.</summary>
    public long Bytes { get; private set; }

    public IReadOnlyList<LoggedRun> Open(LogDirectories directories)
    {
        FoundRuns found = directories.Find();
        _lost.AddRange(found.Unreadable.Select(below => new LostFile(below.Path, below.Reason)));
        return found.Runs;
    }

    public IEnumerable<LoggedEvent> EventsOf(LoggedRun run)
    {
        string? reason = null;
        var options = new RunLogOptions
        {
            OnCorruptRecord = error =>
            {
                reason = error.Reason;
                terminal.Warn($"{error}; skipped");
            },
            OnFileRead = file =>
            {
                if (file.EventCount == 0 && reason is not null)
                    _lost.Add(new LostFile(file.Path, reason));
                reason = null;
                Bytes += file.Length;
            },
        };
        return TryRead(run, () => run.ReadEvents(options)) ?? [];
    }

    /// <summary>Returns what reading gives; null if the run cannot be read, which is then lost.</summary>
    public T? TryRead<T>(LoggedRun run, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException || Failure.IsOfFiles(e))
        {
            if (!_lost.Exists(lost => lost.Path == run.Path))
                _lost.Add(new LostFile(run.Path, e.Message));
            return null;
        }
    }

    /// <summary>Writes the lost files to a terminal.</summary>
    public void WriteLost()
    {
        foreach (LostFile lost in _lost)
        {
            terminal.WriteLine(
                $"{terminal.Yellow("!")} {Printable.Line(lost.Path)} is wholly lost: {Printable.Line(lost.Reason)}");
        }
    }
}
