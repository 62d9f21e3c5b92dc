using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;

namespace TorchBoard.Tool.Commands;

/// <summary>Copies runs to a new directory, with changes.</summary>
internal abstract class RewriteCommand : ToolCommand
{
    protected RewriteCommand(
        Terminal terminal, string name, string description, params (string Line, string Meaning)[] examples)
        : base(terminal, name, description, examples)
    {
    }

    protected Option<string> Output { get; } = NewOutputOption();

    public static Option<string> NewOutputOption() => new("--output", "-o")
    {
        Description = "The new directory; the originals are not changed.",
        HelpName = "NEW",
        Required = true,
        CustomParser = PathParser.One,
    };

    /// <summary>The tags of a run as its files contain them; nothing is purged.</summary>
    protected static TagDictionary<TagInfo> TagsOf(LoggedRun run) =>
        run.Open(new RunLogOptions { Kinds = [], ApplyRestarts = false }).Tags;

    protected int Copy(
        ParseResult arguments, string source, Func<LoggedRun, Func<string, long, string?>> decide,
        CancellationToken cancellationToken)
    {
        string output = arguments.GetRequiredValue(Output);
        OutputDirectory.ThrowUnlessNew(output, source);
        var rewrite = new RunRewrite(decide, Terminal);
        rewrite.Copy(source, output, cancellationToken);
        if (arguments.GetValue(Json))
        {
            Terminal.WriteJson(new
            {
                Output = Path.GetFullPath(output),
                rewrite.Runs,
                rewrite.Kept,
                rewrite.Removed,
                rewrite.Renamed,
                rewrite.BytesBefore,
                rewrite.BytesAfter,
            });
            return ExitCode.Fine;
        }

        string renamed = rewrite.Renamed > 0 ? $" ({Shown.Count(rewrite.Renamed)} renamed)" : "";
        Terminal.WriteLine(
            $"{Shown.Count(rewrite.Runs, "run")}: kept {Shown.Count(rewrite.Kept, "value")}{renamed}, "
            + $"removed {Shown.Count(rewrite.Removed)}; "
            + $"{Shown.Bytes(rewrite.BytesBefore)} → {Shown.Bytes(rewrite.BytesAfter)}");
        Terminal.WriteLine($"Written to {Printable.Line(output)}");
        return ExitCode.Fine;
    }
}
