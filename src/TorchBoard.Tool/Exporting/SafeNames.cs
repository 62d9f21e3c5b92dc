using System.Text;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Exporting;

/// <summary>Creates unique paths below a directory for runs and tags with any characters.</summary>
internal sealed class SafeNames(string root)
{
    private const int MaxLength = 100;
    private const string Forbidden = "<>:\"|?*\\/";

    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    private readonly Dictionary<string, string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the path of a file and creates its directories.</summary>
    /// <param name="run">The run.</param>
    /// <param name="tag">The tag, whose slashes become directories.</param>
    /// <param name="file">The file's name.</param>
    public string PathOf(string run, string tag, string file)
    {
        string name = string.Join('/', run.Split('/').Concat(tag.Split('/')).Select(Segment));
        string key = run + '\0' + tag;
        string free = name;
        for (int i = 2; !(_taken.TryAdd(free, key) || _taken[free] == key); i++)
            free = $"{name}~{i}";

        string path = Path.GetFullPath(Path.Combine(_root, free, Segment(file)));
        if (!path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new InvalidOperationException($"'{path}' would be outside '{_root}'.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Returns a name that is valid in every file system and cannot leave its directory.</summary>
    internal static string Segment(string text)
    {
        var name = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isForbidden = (rune.IsBmp && Printable.IsCommand((char)rune.Value))
                || (rune.IsAscii && Forbidden.Contains((char)rune.Value));
            name.Append(isForbidden ? "_" : rune.ToString());
        }

        string safe = name.ToString().TrimEnd('.', ' ');
        if (safe.Length > MaxLength)
            safe = safe[..(char.IsHighSurrogate(safe[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        if (safe.Length == 0)
            return "_";
        string stem = safe.Split('.')[0].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').ToUpperInvariant();
        return Reserved.Contains(stem) ? "_" + safe : safe;
    }
}
