using System.Text;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Exporting;

/// <summary>
/// Creates unique paths below a directory for runs and tags with any characters: none is both a file and a directory,
/// and all are valid in every file system.
/// </summary>
internal sealed class SafeNames(string root)
{
    // File systems allow 255 bytes; a number may be appended.
    private const int MaxSegmentBytes = 200;
    private const int MaxSegment = 100;
    private const int MaxNameBytes = 800;
    private const string Forbidden = "<>:\"|?*\\/";

    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    private readonly Dictionary<(string Run, string Tag), string> _chosen = [];
    private readonly HashSet<string> _owned = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _directories = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _files = new(StringComparer.OrdinalIgnoreCase);

    // The next number to try for a name: thousands of tags may have the same beginning.
    private readonly Dictionary<string, int> _next = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the path of a new file.</summary>
    /// <param name="run">The run.</param>
    /// <param name="tag">The tag, whose slashes become directories.</param>
    /// <param name="stem">The file's name without the extension.</param>
    /// <param name="extension">The extension, without the dot.</param>
    public string PathOf(string run, string tag, string stem, string extension)
    {
        if (!_chosen.TryGetValue((run, tag), out string? directory))
            _chosen.Add((run, tag), directory = ChooseDirectory(run, tag));
        string name = $"{directory}/{Segment(stem)}";
        string end = "." + Segment(extension);
        string free = FirstFree(name, end, path => !_directories.Contains(path) && _files.Add(path));

        string path = Path.GetFullPath(Path.Combine(_root, free));
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new InvalidOperationException($"'{path}' would be outside '{_root}'.");
    }

    /// <summary>Returns a name that is valid in every file system and cannot leave its directory.</summary>
    internal static string Segment(string text)
    {
        var name = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxSegmentBytes || name.Length + rune.Utf16SequenceLength > MaxSegment)
                break;
            bool isForbidden = Printable.IsCommand(rune) || (rune.IsAscii && Forbidden.Contains((char)rune.Value));
            name.Append(isForbidden ? "_" : rune.ToString());
        }

        string safe = name.ToString().TrimEnd('.', ' ');
        if (safe.Length == 0)
            return "_";
        string stem = safe.Split('.')[0].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').ToUpperInvariant();
        return Reserved.Contains(stem) ? "_" + safe : safe;
    }

    private string ChooseDirectory(string run, string tag)
    {
        // What is cut off makes no difference, because the numbers do.
        string path = "";
        int bytes = 0;
        foreach (string segment in run.Split('/').Concat(tag.Split('/')).Select(Segment))
        {
            bytes += Encoding.UTF8.GetByteCount(segment) + 1;
            if (bytes > MaxNameBytes)
                break;
            path = FirstFree(path.Length > 0 ? $"{path}/{segment}" : segment, "", below => !_files.Contains(below));
            _directories.Add(path);
        }

        path = FirstFree(path, "", below => !_files.Contains(below) && _owned.Add(below));
        _directories.Add(path);
        return path;
    }

    private string FirstFree(string name, string end, Func<string, bool> take)
    {
        if (take(name + end))
            return name + end;
        int number = _next.GetValueOrDefault(name + end, 2);
        while (!take($"{name}~{number}{end}"))
            number++;
        _next[name + end] = number + 1;
        return $"{name}~{number}{end}";
    }
}
