namespace TorchBoard.Testing;

/// <summary>A line of expectations cannot be read. The message points at the place.</summary>
public sealed class ExpectationSyntaxException : FormatException
{
    internal ExpectationSyntaxException(string? file, int line, int column, string text, string problem)
        : base(MessageOf(file, line, column, text, problem))
    {
        File = file;
        Line = line;
        Column = column;
        Problem = problem;
    }

    /// <summary>The file, where there is one.</summary>
    public string? File { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The place in the line, from 1.</summary>
    public int Column { get; }

    /// <summary>What was expected there and what was found.</summary>
    public string Problem { get; }

    private static string MessageOf(string? file, int line, int column, string text, string problem)
    {
        // A tab before the caret is as wide as the tab above it.
        string indent = string.Concat(text.Take(column - 1).Select(c => c == '\t' ? '\t' : ' ')).PadRight(column - 1);
        string place = FormattableString.Invariant($"line {line}, column {column}");
        return $"{(file is null ? "" : file + ", ")}{place}: {OneLine.Of(problem)}\n  {OneLine.Of(text)}\n  {indent}^";
    }
}
