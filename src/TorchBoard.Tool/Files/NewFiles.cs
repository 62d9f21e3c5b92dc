using System.Globalization;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tool.Files;

/// <summary>
/// Files of one command, which appear together: each is written under a temporary name that no reader takes for an
/// event file, and all are renamed at the end. Otherwise they are deleted.
/// </summary>
/// <param name="root">The directory that contains the files.</param>
/// <param name="mayReplace">Whether existing files are replaced.</param>
internal sealed class NewFiles(string root, bool mayReplace = false) : IDisposable
{
    private static readonly Lock Guard = new();
    private static readonly HashSet<NewFiles> Unfinished = [];
    private static long _created;

    private readonly string _root = Path.TrimEndingDirectorySeparator(LocalPath.Full(root));
    private readonly List<(string Written, string Path)> _files = [];
    private readonly List<string> _directories = [];

    /// <summary>Chooses a temporary name for a file and creates its directories.</summary>
    /// <returns>The temporary path to write to.</returns>
    /// <exception cref="UsageException">A link would lead out of the root.</exception>
    public string Add(string path)
    {
        lock (Guard)
        {
            Unfinished.Add(this);
            string full = Path.GetFullPath(path);
            string directory = Path.GetDirectoryName(full)!;
            CreateDirectory(directory);
            string written = Path.Combine(directory, string.Create(
                CultureInfo.InvariantCulture, $".torchboard-{Environment.ProcessId}-{_created++}.tmp"));
            _files.Add((written, full));
            return written;
        }
    }

    /// <summary>Gives the files, which are closed, their names.</summary>
    public void Complete()
    {
        lock (Guard)
        {
            foreach ((string written, string path) in _files)
                File.Move(written, path, mayReplace);
            _files.Clear();
            _directories.Clear();
        }
    }

    /// <summary>Deletes what is not complete.</summary>
    public void Dispose()
    {
        lock (Guard)
        {
            foreach ((string written, _) in _files)
                Try(() => File.Delete(written));
            foreach (string directory in _directories.AsEnumerable().Reverse())
                Try(() => Directory.Delete(directory));
            _files.Clear();
            _directories.Clear();
            Unfinished.Remove(this);
        }
    }

    /// <summary>Deletes everything that is not complete in this process, before it ends at once.</summary>
    public static void DeleteUnfinished()
    {
        // Kept locked, so that a command that is still running creates nothing more.
        Guard.Enter();
        foreach (NewFiles files in Unfinished.ToList())
            files.Dispose();
    }

    private void CreateDirectory(string directory)
    {
        bool isBelow = directory.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (isBelow && new DirectoryInfo(directory).LinkTarget is not null)
        {
            throw new UsageException(
                $"'{directory}' is a link and could lead out of '{_root}'. Delete it, or specify another directory.");
        }

        if (Path.GetDirectoryName(directory) is { } parent && (isBelow || !Directory.Exists(directory)))
            CreateDirectory(parent);
        if (Directory.Exists(directory))
            return;
        Directory.CreateDirectory(directory);
        _directories.Add(directory);
    }

    // Deleting is a courtesy; the reason for it is what the user is told.
    private static void Try(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
