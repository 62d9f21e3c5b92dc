using System.Collections;
using TorchBoard.Testing.Language;

namespace TorchBoard.Testing;

/// <summary>
/// The expectations about the curves that a pattern selects: one line such as
/// <c>loss/train: decreases, ends &lt; 0.1, no-nan</c>. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// A line is <c>TAG: check, check, …</c>, or <c>[RUN] TAG: …</c> to select runs. In tags and runs, <c>*</c> matches any
/// number of characters; both can be quoted. A <c>#</c> at the start of a line, or after a blank among the checks,
/// starts a comment. The package's README lists every check.
/// </remarks>
public sealed class Expectations : IReadOnlyList<Expectation>
{
    private readonly IReadOnlyList<Expectation> _checks;

    internal Expectations(
        string? runPattern, string tagPattern, IReadOnlyList<Expectation> checks, int line, string text)
    {
        RunPattern = runPattern;
        TagPattern = tagPattern;
        _checks = checks;
        Line = line;
        Text = text;
    }

    /// <summary>The pattern of the runs; null for all.</summary>
    public string? RunPattern { get; }

    /// <summary>The pattern of the tags.</summary>
    public string TagPattern { get; }

    /// <summary>The line number in the file or text, from 1.</summary>
    public int Line { get; }

    /// <summary>The line as written, without surrounding white space.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public int Count => _checks.Count;

    /// <inheritdoc/>
    public Expectation this[int index] => _checks[index];

    /// <summary>Parses one line.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="ArgumentNullException">The line is null.</exception>
    /// <exception cref="ExpectationSyntaxException">The line is invalid; the message points to the error.</exception>
    public static Expectations Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new ExpectationParser(line, 1, null).Parse();
    }

    /// <summary>Parses the lines of a text. Empty lines and comments are skipped.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file name in messages; none by default.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="ExpectationSyntaxException">A line is invalid; the message points to the error.</exception>
    public static IReadOnlyList<Expectations> ParseLines(string text, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var all = new List<Expectations>();
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.Trim() is not ([] or ['#', ..]))
                all.Add(new ExpectationParser(line.ToString(), number, file).Parse());
        }

        return all;
    }

    /// <summary>Parses the lines of a UTF-8 file. Empty lines and comments are skipped.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ExpectationSyntaxException">A line is invalid; the message points to the error.</exception>
    public static IReadOnlyList<Expectations> Load(string path) => ParseLines(File.ReadAllText(path), path);

    /// <summary>Returns whether the patterns match a curve. Matching is case-sensitive.</summary>
    /// <param name="run">The name of the run; can be empty.</param>
    /// <param name="tag">The tag.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public bool Matches(string run, string tag)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(tag);
        return (RunPattern is null || Wildcard.Matches(RunPattern, run)) && Wildcard.Matches(TagPattern, tag);
    }

    /// <inheritdoc/>
    public IEnumerator<Expectation> GetEnumerator() => _checks.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the line as written.</summary>
    public override string ToString() => Text;
}
