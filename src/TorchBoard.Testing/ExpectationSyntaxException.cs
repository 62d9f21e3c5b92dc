namespace TorchBoard.Testing;

/// <summary>The exception thrown when a line of expectations is invalid. The message points to the error.</summary>
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

    /// <summary>The file; null if there is none.</summary>
    public string? File { get; }

    /// <summary>The line number, from 1.</summary>
    public int Line { get; }

    /// <summary>The column of the error, from 1.</summary>
    public int Column { get; }

    /// <summary>What was expected there and what was found.</summary>
    public string Problem { get; }

    private static string MessageOf(string? file, int line, int column, string text, string problem)
    {
        // Tabs are kept, so that the caret is below the error.
        string indent = string.Concat(text.Take(column - 1).Select(c => c == '\t' ? '\t' : ' ')).PadRight(column - 1);
        string place = FormattableString.Invariant($"line {line}, column {column}");
        return $"{(file is null ? "" : file + ", ")}{place}: {OneLine.Of(problem)}\n  {OneLine.Of(text)}\n  {indent}^";
    }
}
