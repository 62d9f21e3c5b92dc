using System.Collections;
using TorchBoard.Testing.Language;

namespace TorchBoard.Testing;

/// <summary>
/// What is expected of the curves that a pattern selects: one line such as
/// <c>loss/train: decreases, ends &lt; 0.1, no-nan</c>. Immutable, thread-safe.
/// </summary>
/// <remarks>
/// A line is <c>TAG: check, check, …</c>, or <c>[RUN] TAG: …</c> for some runs only. In tags and runs, <c>*</c>
/// stands for any number of characters; both may be quoted. A <c>#</c> at the start of a line, or after a blank among
/// the checks, begins a comment. The package's README has every check.
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

    /// <summary>Which runs are meant; null for all.</summary>
    public string? RunPattern { get; }

    /// <summary>Which tags are meant.</summary>
    public string TagPattern { get; }

    /// <summary>The line in the file or text, from 1.</summary>
    public int Line { get; }

    /// <summary>The line as it was written, without blanks around it.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public int Count => _checks.Count;

    /// <inheritdoc/>
    public Expectation this[int index] => _checks[index];

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="ArgumentNullException">The line is null.</exception>
    /// <exception cref="ExpectationSyntaxException">It cannot be read; the message points at the place.</exception>
    public static Expectations Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new ExpectationParser(line, 1, null).Parse();
    }

    /// <summary>Reads a text of lines; empty ones and comments are left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What messages call it; nothing by default.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="ExpectationSyntaxException">A line cannot be read; the message points at the place.</exception>
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

    /// <summary>Reads a file of lines, in UTF-8; empty ones and comments are left out.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ExpectationSyntaxException">A line cannot be read; the message points at the place.</exception>
    public static IReadOnlyList<Expectations> Load(string path) => ParseLines(File.ReadAllText(path), path);

    /// <summary>Whether a curve is meant. Upper and lower case differ.</summary>
    /// <param name="run">The name of its run; may be empty.</param>
    /// <param name="tag">Its tag.</param>
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

    /// <summary>The line as it was written.</summary>
    public override string ToString() => Text;
}
