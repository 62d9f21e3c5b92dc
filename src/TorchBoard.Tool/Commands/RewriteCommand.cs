using System.CommandLine;
using System.CommandLine.Parsing;
using TorchBoard.Tool.Files;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;
using TorchBoard.Tool.Runs;

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

    /// <summary>The directories and files that a command copies.</summary>
    public static Argument<string[]> NewDirectoriesArgument(Func<ArgumentResult, string[]> parser) => DirectoriesArgument(
        parser,
        "Log directories, runs' directories or event files. In names of directories, * matches any characters; ** matches any "
            + "number of directories.");

    public static Option<string> NewOutputOption() => new("--output", "-o")
    {
        Description = "The new directory; the originals are not changed.",
        HelpName = "NEW",
        Required = true,
        CustomParser = PathParser.One,
    };

    /// <summary>Copies all runs that can be read.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="directories">The directories of the runs.</param>
    /// <param name="decide">
    /// Decides about the values of a run, given its tags as the files contain them, without purging; see
    /// <see cref="RunRewrite.Copy"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    protected int Copy(
        ParseResult arguments, LogDirectories directories,
        Func<LoggedRun, TagDictionary<TagInfo>, Func<string, long, string?>> decide,
        CancellationToken cancellationToken)
    {
        string output = arguments.GetRequiredValue(Output);
        OutputDirectory.ThrowUnlessNew(output, directories.Paths());
        var source = new SourceRuns(Terminal);
        using var files = new NewFiles(output);
        var rewrite = new RunRewrite(source, files);
        foreach (LoggedRun run in source.Open(directories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (source.TryRead(run, () => run.Open(TagsOnly)) is { } read)
            {
                string target = OutputDirectory.Of(output, directories, run);
                rewrite.Copy(run, target, decide(run, read.Tags), cancellationToken);
            }
        }

        files.Complete();
        int exitCode = rewrite.Runs > 0 ? ExitCode.Fine : ExitCode.No;
        if (arguments.GetValue(Json))
        {
            Terminal.WriteJson(new JsonFields
            {
                ["output"] = Path.GetFullPath(output),
                ["runs"] = rewrite.Runs,
                ["kept"] = rewrite.Kept,
                ["removed"] = rewrite.Removed,
                ["renamed"] = rewrite.Renamed,
                ["bytesBefore"] = source.Bytes,
                ["bytesAfter"] = rewrite.BytesAfter,
                ["lost"] = source.Lost.ToArray(),
            });
            return exitCode;
        }

        source.WriteLost();
        string renamed = rewrite.Renamed > 0 ? $" ({Shown.Count(rewrite.Renamed)} renamed)" : "";
        Terminal.WriteLine(
            $"{Shown.Count(rewrite.Runs, "run")}: kept {Shown.Count(rewrite.Kept, "value")}{renamed}, "
            + $"removed {Shown.Count(rewrite.Removed)}; "
            + $"{Shown.Bytes(source.Bytes)} → {Shown.Bytes(rewrite.BytesAfter)}");
        Terminal.WriteLine($"Written to {Printable.Line(output)}");
        return exitCode;
    }
}
