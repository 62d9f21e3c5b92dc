using System.CommandLine;

namespace TorchBoard.Tool.Output;

/// <summary>
/// Reasons why a check failed, which GitHub shows on the page of a workflow run. They are written to standard error, where
/// GitHub reads them too, so that standard output stays the same.
/// </summary>
internal sealed class Annotations(Terminal terminal)
{
    /// <summary>GitHub ignores the errors of a step after these.</summary>
    private const int Most = 10;

    /// <summary>Far below GitHub's limit; the log has the whole text.</summary>
    private const int LongestText = 1000;

    private readonly Option<bool?> _option = new("--annotations")
    {
        Description = "Write GitHub annotations of what fails. By default, under GitHub Actions.",
        HelpName = "true|false",
    };

    public void AddTo(Command command) => command.Options.Add(_option);

    public void Write(ParseResult arguments, IEnumerable<Annotation> errors)
    {
        if (!(arguments.GetValue(_option) ?? terminal.IsOnGitHub))
            return;
        Annotation[] all = [.. errors];
        Annotation[] shown = all.Length > Most ? all[..(Most - 1)] : all;
        foreach (Annotation error in shown)
            terminal.WriteAnnotation(LineOf(error));
        if (shown.Length < all.Length)
            terminal.WriteAnnotation(LineOf(new Annotation("torchboard", $"{Shown.Count(all.Length - shown.Length)} more; the log lists all.")));
    }

    /// <summary>An error as a command to GitHub's runner.</summary>
    public static string LineOf(Annotation error) =>
        $"::error title={Property(Printable.Shortened(error.Title, LongestText))}::{Data(Printable.Lines(Start(error.Message)))}";

    private static string Start(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
