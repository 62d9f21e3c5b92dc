using System.Globalization;
using System.Text;

namespace TorchBoard.Tool.Exporting.Parquet;

/// <summary>
/// The directories of a partitioned data set, named as in Hive, from which DuckDB, Spark and Polars read the column
/// <c>run</c>.
/// </summary>
/// <param name="warn">Tells about a name that does not fit.</param>
internal sealed class HivePath(Action<string> warn)
{
    // File systems allow 255 bytes.
    private const int MaxBytes = 255;
    private const string Key = "run=";

    // What Hive encodes, and what some file system does not allow.
    private const string Encoded = "\"#%'*/:=?\\{[]^<>|\x7F";

    private readonly Dictionary<string, string> _chosen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the name of the directory of a run.</summary>
    public string Of(string run)
    {
        if (_chosen.TryGetValue(run, out string? chosen))
            return chosen;
        string name = Key + Encode(run, Encoded.Contains);

        // Some file systems ignore case. An encoded letter is the same letter to those who read the name.
        if (!_taken.Add(name) && !_taken.Add(name = Key + Encode(run, c => char.IsAsciiLetter(c) || Encoded.Contains(c))))
            name = FirstFree(run, name);
        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
            name = FirstFree(run, Cut(name));
        _chosen.Add(run, name);
        return name;
    }

    private static string Encode(string run, Func<char, bool> isEncoded)
    {
        var name = new StringBuilder();
        for (int i = 0; i < run.Length; i++)
        {
            // Windows ignores a dot or a space at the end.
            bool isTrailing = i == run.Length - 1 && run[i] is '.' or ' ';
            if (run[i] < ' ' || isEncoded(run[i]) || isTrailing)
                name.Append(CultureInfo.InvariantCulture, $"%{(int)run[i]:X2}");
            else
                name.Append(run[i]);
        }

        return name.ToString();
    }

    private static string Cut(string name)
    {
        // Room for a number, and no half of a character or of a code.
        const int room = 8;
        int length = name.Length;
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, length)) > MaxBytes - room)
            length--;
        int code = name.LastIndexOf('%', length - 1);
        if (code > length - 3 && code >= 0)
            length = code;
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)];
    }

    private string FirstFree(string run, string name)
    {
        int number = 2;
        while (!_taken.Add($"{name}~{number}"))
            number++;
        string free = $"{name}~{number}";
        warn($"the run '{run}' is in '{free}', because its name is too long for a directory");
        return free;
    }
}
