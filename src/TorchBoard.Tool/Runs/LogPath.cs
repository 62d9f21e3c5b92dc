using System.IO.Enumeration;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tool.Runs;

/// <summary>
/// A path of a command line: a directory, an event file, a pattern of directories, or a path of an object store. In the names of a pattern,
/// <c>*</c> matches any characters except a dot at the beginning and <c>?</c> matches one; <c>**</c> matches any number of
/// directories. The tool matches patterns itself, because the shells of Windows do not. What exists is no pattern.
/// </summary>
internal sealed class LogPath
{
    private const string AnyDepth = "**";

    // The names from the first with a wildcard on.
    private readonly string[] _names;

    public LogPath(string text)
    {
        Text = text;
        if (ObjectStores.Of(text) is { } storage)
        {
            Storage = storage;
            Full = ObjectStores.FullPath(text);
            Parent = RunPath.ParentOf(Full) ?? Full;
            _names = [];
            return;
        }

        Parent = LocalPath.Full(text);
        string root = Path.GetPathRoot(Parent)!;
        string[] names = Parent[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        int fixedNames = Path.Exists(Parent) ? -1 : Array.FindIndex(names, HasWildcard);
        IsPattern = fixedNames >= 0;
        _names = IsPattern ? names[fixedNames..] : [];
        if (IsPattern)
            Parent = Path.Join([root, .. names[..fixedNames]]);
        else
            Parent = Path.GetDirectoryName(Full = Path.TrimEndingDirectorySeparator(Parent)) ?? Full;
    }

    /// <summary>The path as given.</summary>
    public string Text { get; }

    public bool IsPattern { get; }

    /// <summary>The store of the path; null for the file system.</summary>
    public ObjectStorage? Storage { get; }

    /// <summary>The full path; empty for a pattern.</summary>
    public string Full { get; } = "";

    /// <summary>The directory to which the names of runs are relative; for a pattern, the one without wildcards.</summary>
    public string Parent { get; }

    /// <summary>
    /// Whether some path exists that is this or matches it. A store is not asked: opening the path tells.
    /// </summary>
    public bool Exists =>
        Storage is not null || (IsPattern ? Paths((_, _) => { }).Any() : Path.Exists(Full));

    private static StringComparison Casing =>
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Returns the full path, even if it does not exist, or the directories that match the pattern.</summary>
    /// <param name="onUnreadable">Called with each directory that cannot be listed, and the reason.</param>
    public IEnumerable<string> Paths(Action<string, string> onUnreadable) =>
        IsPattern ? Matches(Parent, _names, onUnreadable) : [Full];

    private static IEnumerable<string> Matches(
        string directory, ArraySegment<string> names, Action<string, string> onUnreadable)
    {
        if (names.Count == 0)
            return [directory];
        ArraySegment<string> rest = names[1..];
        if (names[0] == AnyDepth)
        {
            return Matches(directory, rest, onUnreadable).Concat(Directories(directory, AnyDepth, onUnreadable)
                .SelectMany(child => Matches(child, names, onUnreadable)));
        }

        if (HasWildcard(names[0]))
        {
            return Directories(directory, names[0], onUnreadable)
                .SelectMany(child => Matches(child, rest, onUnreadable));
        }

        string named = Path.Join(directory, names[0]);
        return Directory.Exists(named) ? Matches(named, rest, onUnreadable) : [];
    }

    private static IEnumerable<string> Directories(string parent, string name, Action<string, string> onUnreadable)
    {
        // Links are not followed to any depth, because they may lead in a circle.
        var entries = new FileSystemEnumerable<string>(
            parent, (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory && IsMatch(name, entry.FileName)
                && (name != AnyDepth || !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
        };
        try
        {
            return [.. entries.Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (Failure.IsOfFiles(e))
        {
            onUnreadable(parent, e.Message);
            return [];
        }
    }

    private static bool IsMatch(string pattern, ReadOnlySpan<char> name) =>
        (name[0] != '.' || pattern[0] == '.')
        && FileSystemName.MatchesSimpleExpression(pattern, name, Casing == StringComparison.OrdinalIgnoreCase);

    private static bool HasWildcard(string name) => name.AsSpan().ContainsAny('*', '?');
}
