using TorchBoard.Reading;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Runs;

/// <summary>
/// The log directories of a command line. Of a single path, the names of runs are relative to it, as in TensorBoard. Of
/// a pattern or several paths, they are relative to the directory that all have in common, so that no two are the same.
/// A run that several paths lead to is read once.
/// </summary>
internal sealed class LogDirectories
{
    private readonly LogPath[] _paths;

    // Null if names are relative to the only path.
    private readonly string? _parent;

    public LogDirectories(params IEnumerable<string> paths)
    {
        LogPath[] all = [.. paths.Select(path => new LogPath(path)).DistinctBy(path => path.IsPattern ? path.Text : path.Full)];
        HashSet<string> given = [.. all.Where(path => !path.IsPattern).Select(path => path.Full)];
        _paths = [.. all.Where(path => path.IsPattern || !Parents(path.Full).Any(given.Contains))];
        _parent = _paths is [{ IsPattern: false }] ? null : CommonParent(_paths.Select(path => path.Parent));
    }

    /// <summary>Whether names are relative to the only path.</summary>
    public bool IsSinglePath => _parent is null;

    /// <summary>Whether runs may appear in directories that match a pattern only later.</summary>
    public bool HasPatterns => _paths.Any(path => path.IsPattern);

    /// <summary>The paths and patterns of which nothing exists.</summary>
    public IEnumerable<string> Missing => _paths.Where(path => !path.Exists).Select(path => path.Text);

    /// <summary>
    /// Returns the full paths, and those that match patterns, in the order given; without those below others.
    /// </summary>
    public IReadOnlyList<string> Paths() => [.. Listed((_, _) => { }).Select(listed => listed.Path)];

    /// <summary>Lists the runs.</summary>
    /// <exception cref="IOException">A path does not exist, or none can be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the only path is denied.</exception>
    /// <exception cref="InvalidDataException">There are no event files.</exception>
    /// <exception cref="UsageException">No directory matches a pattern.</exception>
    public FoundRuns Find()
    {
        if (IsSinglePath)
        {
            LogDirectory directory = LogDirectory.Open(_paths[0].Text, _paths[0].Storage);
            return new FoundRuns([.. directory.Runs.Values], directory.Unreadable, $"runs in '{directory.Path}'");
        }

        if (_paths.FirstOrDefault(path => !path.Exists) is { } missing)
        {
            if (missing.IsPattern)
                throw new UsageException($"No directory matches '{missing.Text}'.");
            _ = LogDirectory.Open(missing.Text, missing.Storage);
        }

        var unreadable = new List<UnreadablePath>();
        List<LoggedRun> runs = Runs(unreadable);
        if (runs.Count > 0)
            return new FoundRuns(runs, unreadable, $"runs in {this}");
        string cause = unreadable is [var first, ..] ? $": '{first.Path}' cannot be listed: {first.Reason}" : ".";
        throw new InvalidDataException($"There is no event file in {this} or below{cause}");
    }

    /// <summary>Returns the name of a run.</summary>
    /// <param name="path">The full path of its directory.</param>
    public string NameOf(string path)
    {
        // Paths on several drives of Windows have no directory in common.
        string parent = _parent ?? _paths[0].Full;
        return RunPath.Relative(parent, path);
    }

    /// <summary>Returns the paths as given, for messages.</summary>
    public override string ToString()
    {
        const int shown = 3;
        string names = string.Join(", ", _paths.Take(shown).Select(path => $"'{path.Text}'"));
        return _paths.Length > shown ? $"{names} and {Shown.Count(_paths.Length - shown)} more" : names;
    }

    private List<LoggedRun> Runs(List<UnreadablePath> unreadable)
    {
        var runs = new List<LoggedRun>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach ((LogPath source, string path) in
            Listed((path, reason) => unreadable.Add(new UnreadablePath(path, reason))))
        {
            foreach (LoggedRun run in Runs(source, path, unreadable))
            {
                if (!read.Add(FoundRuns.IdentityOf(run)))
                    continue;
                string name = NameOf(RunPath.IsFile(run.Path) ? RunPath.ParentOf(run.Path)! : run.Path);

                // Only files share the name of their directory.
                if (!names.Add(name))
                    names.Add(name = NameOf(run.Path));
                runs.Add(run with { Name = name });
            }
        }

        return runs;
    }

    private static IReadOnlyList<LoggedRun> Runs(LogPath source, string path, List<UnreadablePath> unreadable)
    {
        try
        {
            LogDirectory directory = LogDirectory.Open(path, source.Storage);
            unreadable.AddRange(directory.Unreadable);
            return [.. directory.Runs.Values];
        }
        catch (InvalidDataException)
        {
            // A pattern may match directories of other things.
            if (!source.IsPattern)
                unreadable.Add(new UnreadablePath(path, "there is no event file in it or below"));
        }
        catch (Exception e) when (Failure.IsOfFiles(e))
        {
            unreadable.Add(new UnreadablePath(path, e.Message));
        }

        return [];
    }

    private IEnumerable<(LogPath Source, string Path)> Listed(Action<string, string> onUnreadable)
    {
        List<(LogPath Source, string Path)> all = [.. _paths.SelectMany(source => source.Paths(onUnreadable)
            .Order(NaturalOrder.Instance).Select(path => (source, path)))];
        HashSet<string> given = [.. all.Select(listed => listed.Path)];
        var listed = new HashSet<string>(StringComparer.Ordinal);
        return all.Where(one => !Parents(one.Path).Any(given.Contains) && listed.Add(one.Path));
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (string? parent = path; (parent = RunPath.ParentOf(parent!)) is not null;)
            yield return parent;
    }

    private static string CommonParent(IEnumerable<string> paths) => paths.Aggregate((common, path) =>
        Parents(common).Prepend(common).Intersect(Parents(path).Prepend(path)).FirstOrDefault(""));
}
