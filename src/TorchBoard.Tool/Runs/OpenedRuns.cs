using System.Runtime.ExceptionServices;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Runs;

/// <summary>
/// Reads the runs in and below directories, one by one. What cannot be read is a warning, and the others are read.
/// </summary>
/// <param name="directories">The directories and files.</param>
/// <param name="runs">The patterns of the runs to read; empty for all.</param>
/// <param name="tags">Patterns of tags that must each occur in some run.</param>
/// <param name="terminal">The terminal for warnings.</param>
internal sealed class OpenedRuns(
    LogDirectories directories, IReadOnlyCollection<string> runs, IReadOnlyCollection<string> tags, Terminal terminal)
{
    private const int ShownErrors = 3;
    private const int ShownFailures = 10;

    private static readonly RunLogOptions TagsOnly = new() { Kinds = [], ApplyRestarts = false, Graphs = false };

    private long _errors;
    private long _failures;

    /// <summary>Whether every directory and file could be read to its end; damaged records do not count.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Returns the tags of all runs that can be read. Warns of nothing.</summary>
    public static IEnumerable<string> TagsOf(LogDirectories directories) => new OpenedRuns(directories, [], [], Terminal.Silent)
        .Each(TagsOnly, CancellationToken.None).SelectMany(run => run.Tags.Keys);

    /// <summary>Throws if no run contains a tag that matches a pattern. Warns of nothing.</summary>
    /// <exception cref="KeyNotFoundException">None does; the message suggests similar tags.</exception>
    public static void ThrowIfMissing(LogDirectories directories, IReadOnlyCollection<string> tags)
    {
        foreach (RunLog _ in new OpenedRuns(directories, [], tags, Terminal.Silent)
            .Each(TagsOnly, CancellationToken.None))
        {
        }
    }

    /// <exception cref="KeyNotFoundException">No run has a selected name, or none contains a selected tag.</exception>
    public List<RunLog> Read(RunLogOptions options, CancellationToken cancellationToken) =>
    [
        .. Each(
            chosen => chosen.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(run => TryOpen(run, _ => options)),
            cancellationToken),
    ];

    /// <summary>
    /// Reads the runs one by one. After the last, throws if none could be read or a tag is missing; the message
    /// suggests similar tags.
    /// </summary>
    /// <exception cref="KeyNotFoundException">No run has a selected name, or none contains a selected tag.</exception>
    public IEnumerable<RunLog> Each(RunLogOptions options, CancellationToken cancellationToken) =>
        Each(_ => options, cancellationToken);

    /// <param name="optionsOf">What to read of a run. Called when it is opened.</param>
    /// <param name="cancellationToken">Cancels before the next run.</param>
    /// <inheritdoc cref="Each(RunLogOptions, CancellationToken)"/>
    public IEnumerable<RunLog> Each(Func<LoggedRun, RunLogOptions> optionsOf, CancellationToken cancellationToken) =>
        Each(chosen => chosen.Select(run => TryOpen(run, optionsOf)), cancellationToken);

    private IEnumerable<RunLog> Each(
        Func<List<LoggedRun>, IEnumerable<(RunLog? Read, Exception? Failure)>> open, CancellationToken cancellationToken)
    {
        FoundRuns found = directories.Find();
        List<LoggedRun> chosen = Choose(found);
        foreach (UnreadablePath unreadable in found.Unreadable)
            WarnOfFailure($"'{unreadable.Path}' cannot be read: {unreadable.Reason}");

        var missing = new HashSet<string>(tags, StringComparer.Ordinal);
        TagDictionary<TagInfo>? most = null;
        Exception? last = null;
        foreach ((RunLog? opened, Exception? failure) in open(chosen))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Report(opened, failure, ref last) is not { } read)
                continue;
            missing.RemoveWhere(tag => read.Tags.Keys.Any(name => Selection.Matches(tag, name)));
            if (most is null || read.Tags.Count > most.Count)
                most = read.Tags;
            yield return read;
        }

        if (most is null && last is not null)
            ExceptionDispatchInfo.Throw(last);
        if (last is not null)
            WarnOfFailure(last.Message);
        if (_errors > ShownErrors)
        {
            terminal.Warn(
                $"{Shown.Count(_errors - ShownErrors)} more records cannot be read; 'torchboard check' lists them all");
        }

        if (_failures > ShownFailures)
        {
            terminal.Warn(
                $"{Shown.Count(_failures - ShownFailures)} more runs or directories cannot be read; "
                + "'torchboard check' lists them all");
        }

        foreach (string tag in tags.Where(missing.Contains))
            _ = most![tag];
    }

    private static (RunLog? Read, Exception? Failure) TryOpen(
        LoggedRun run, Func<LoggedRun, RunLogOptions> optionsOf)
    {
        try
        {
            return (run.Open(optionsOf(run)), null);
        }
        catch (Exception e) when (e is InvalidDataException || Failure.IsOfFiles(e))
        {
            return (null, e);
        }
    }

    private RunLog? Report(RunLog? read, Exception? failure, ref Exception? last)
    {
        if (read is null)
        {
            // A run that cannot be read must not hide the others. If there are none, the last is the result.
            if (last is not null)
                WarnOfFailure(last.Message);
            last = failure;
            return null;
        }

        foreach (CorruptRecord error in read.Errors.Take(ShownErrors - (int)Math.Min(_errors, ShownErrors)))
            terminal.Warn(error.ToString());
        _errors += read.Errors.Count;
        IsWhole &= read.Files.All(file => file.Failure is null);
        return read;
    }

    private void WarnOfFailure(string message)
    {
        IsWhole = false;
        if (++_failures <= ShownFailures)
            terminal.Warn(message);
    }

    private List<LoggedRun> Choose(FoundRuns found)
    {
        foreach (string pattern in runs)
        {
            if (!found.Runs.Any(run => Selection.Matches(pattern, run.Name)))
            {
                throw new KeyNotFoundException(
                    NearestNames.Message(found.Description, pattern, [.. found.Runs.Select(run => run.Name)]));
            }
        }

        return [.. found.Runs.Where(run => Selection.Matches(runs, run.Name))];
    }
}
