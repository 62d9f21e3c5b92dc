using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Enumeration;

namespace TorchBoard.Storage.Local;

/// <summary>Finds event files: those of a run in the order of their names, and the runs below a directory.</summary>
internal static class EventFiles
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Returns the event files of a run's directory, or the single file at the path.</summary>
    /// <exception cref="IOException">The path does not exist or cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory is denied.</exception>
    public static string[] OfRun(string path)
    {
        string full = LocalPath.Full(path);
        if (File.Exists(full))
            return [full];
        ThrowIfMissing(path);
        return [.. Entries(full).Where(entry => entry.IsEventFile).Select(entry => Path.Join(full, entry.Name))
            .OrderBy(Path.GetFileName, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Returns the directories that contain event files and their names, in the order of the names. A linked directory
    /// has the name of the link only if it is not itself below the root.
    /// </summary>
    /// <param name="root">The directory.</param>
    /// <param name="onUnreadable">Called with the path of each directory that cannot be listed, and the reason.</param>
    /// <inheritdoc cref="OfRun"/>
    public static List<(string Name, string Path)> RunsBelow(string root, Action<string, string> onUnreadable) =>
        [.. RunsWithFilesBelow(root, onUnreadable).Select(run => (run.Name, run.Path))];

    /// <summary>Returns the runs below a directory, each with what <see cref="OfRun"/> returns for it.</summary>
    /// <inheritdoc cref="RunsBelow"/>
    public static List<(string Name, string Path, IReadOnlyList<string> Files)> RunsWithFilesBelow(
        string root, Action<string, string> onUnreadable)
    {
        ThrowIfMissing(root);
        root = LocalPath.Full(root);
        if (File.Exists(root))
            return [(NameOf(root), root, [root])];
        var runs = new List<(string Name, string Path, IReadOnlyList<string> Files)>();
        var entered = new HashSet<string>(StringComparer.Ordinal);
        var directories = new Stack<string>([root]);
        var links = new SortedSet<string>(StringComparer.Ordinal);
        while (directories.TryPop(out string? directory) || TryTakeLink(out directory))
        {
            if (entered.Add(IdentityOf(directory)))
                Collect(directory);
        }

        runs.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return runs;

        bool TryTakeLink([NotNullWhen(true)] out string? link) => (link = links.Min) is not null && links.Remove(link);

        void Collect(string directory)
        {
            List<string>? files = null;
            try
            {
                foreach (Entry entry in Entries(directory))
                {
                    if (entry.IsEventFile)
                        (files ??= []).Add(Path.Join(directory, entry.Name));
                    else if (entry is { IsDirectory: true, IsLink: true })
                        links.Add(Path.Join(directory, entry.Name));
                    else if (entry.IsDirectory)
                        directories.Push(Path.Join(directory, entry.Name));
                }
            }
            catch (Exception e) when (directory != root && e is IOException or UnauthorizedAccessException)
            {
                if (LocalPath.IsInvalid(directory))
                    onUnreadable(directory, "its name is not valid UTF-8");
                else if (e is not DirectoryNotFoundException)
                    onUnreadable(directory, e.Message);
            }

            if (files is null)
                return;

            // All are in one directory.
            files.Sort(StringComparer.Ordinal);
            runs.Add((Path.GetRelativePath(root, directory).Replace('\\', '/'), directory, files));
        }
    }

    /// <summary>Returns the name of a run that is opened on its own: its directory's name.</summary>
    public static string NameOf(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(LocalPath.Full(path));
        return Path.GetFileName(File.Exists(full) ? Path.GetDirectoryName(full) ?? full : full);
    }

    // File systems that do not number their files report zero.
    private static string IdentityOf(string directory) => FileStatus.Of(directory) is { Inode: not 0 } status
        ? string.Create(CultureInfo.InvariantCulture, $"{status.Device}:{status.Inode}")
        : LinkedPath.Resolve(directory);

    private static FileSystemEnumerable<Entry> Entries(string directory) => new(
        directory,
        (ref FileSystemEntry entry) => new Entry(
            entry.FileName.ToString(), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
        Everything);

    private static void ThrowIfMissing(string path)
    {
        if (Path.Exists(LocalPath.Full(path)))
            return;
        if (Path.GetFileName(path).Contains(EventFileName.Marker, StringComparison.Ordinal))
            throw new FileNotFoundException($"The event file '{path}' does not exist.", path);
        throw new DirectoryNotFoundException($"The file or directory '{path}' does not exist.");
    }

    private readonly record struct Entry(string Name, bool IsDirectory, bool IsLink)
    {
        public bool IsEventFile => !IsDirectory && Name.Contains(EventFileName.Marker, StringComparison.Ordinal);
    }
}
