using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Runs;

/// <summary>Reads the runs in and below a directory.</summary>
internal static class OpenedRuns
{
    private const int ShownErrors = 3;

    /// <exception cref="UsageException">No run is selected.</exception>
    /// <exception cref="KeyNotFoundException">No run contains a selected tag.</exception>
    public static List<RunLog> Read(
        string path, IReadOnlyCollection<string> runs, IReadOnlyCollection<string> tags,
        IReadOnlyCollection<TagKind>? kinds, Terminal terminal)
    {
        List<RunLog> read = [];
        InvalidDataException? failure = null;
        foreach (LoggedRun run in Choose(LogDirectory.Open(path), runs))
        {
            try
            {
                read.Add(run.Open(new RunLogOptions { Kinds = kinds }));
            }
            catch (InvalidDataException e)
            {
                // A file that is not an event file must not hide the other runs.
                if (failure is not null)
                    terminal.Warn(failure.Message);
                failure = e;
            }
        }

        if (read.Count == 0 && failure is not null)
            throw failure;
        if (failure is not null)
            terminal.Warn(failure.Message);
        Warn(read, terminal);
        foreach (string tag in tags)
            ThrowIfMissing(tag, read);
        return read;
    }

    /// <summary>Throws if no run contains the tag. The message suggests similar tags.</summary>
    public static void ThrowIfMissing(string tag, IReadOnlyCollection<RunLog> runs)
    {
        if (runs.Any(run => run.Tags.Keys.Any(name => Selection.Matches(tag, name))))
            return;
        RunLog richest = runs.MaxBy(run => run.Tags.Count)!;
        _ = richest.Tags[tag];
    }

    private static List<LoggedRun> Choose(LogDirectory directory, IReadOnlyCollection<string> patterns)
    {
        foreach (string pattern in patterns)
        {
            if (!directory.Runs.Keys.Any(name => Selection.Matches(pattern, name)))
                _ = directory.Runs[pattern];
        }

        return [.. directory.Runs.Values.Where(run => Selection.Matches(patterns, run.Name))];
    }

    private static void Warn(List<RunLog> runs, Terminal terminal)
    {
        List<CorruptRecord> errors = [.. runs.SelectMany(run => run.Errors)];
        foreach (CorruptRecord error in errors.Take(ShownErrors))
            terminal.Warn(error.ToString());
        if (errors.Count > ShownErrors)
        {
            terminal.Warn(
                $"{Shown.Count(errors.Count - ShownErrors)} more records cannot be read; 'torchboard check' lists "
                    + "them all");
        }
    }
}
