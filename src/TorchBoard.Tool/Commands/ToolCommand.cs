using System.CommandLine;
using System.CommandLine.Parsing;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Commands;

/// <summary>A command of the tool. Invalid input results in a message and an exit code.</summary>
internal abstract class ToolCommand : Command
{
    /// <summary>Why a comparison or check of what could be read is not good enough.</summary>
    protected const string NotWhole = "Some runs, files or directories could not be read.";

    /// <summary>Reading only curves.</summary>
    protected static readonly RunLogOptions Curves = new() { Kinds = [TagKind.Scalar] };

    /// <summary>Reading only what there is.</summary>
    protected static readonly RunLogOptions TagsOnly = new() { Kinds = [], ApplyRestarts = false };

    private readonly (string Line, string Meaning)[] _examples;

    protected ToolCommand(
        Terminal terminal, string name, string description, params (string Line, string Meaning)[] examples)
        : base(name, description)
    {
        Terminal = terminal;
        _examples = examples;
        SetAction(InvokeAsync);
    }

    protected Terminal Terminal { get; }

    protected Option<bool> Json { get; } = new("--json") { Description = "Write JSON instead of text." };

    public void WriteExamples(TextWriter output)
    {
        output.WriteLine("Examples:");
        foreach ((string line, string meaning) in _examples)
            output.WriteLine($"  torchboard {line}\n      {meaning}");
    }

    protected abstract Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken);

    protected static Argument<string> DirectoryArgument(
        string name = "DIR", string description = "A log directory, a run's directory or an event file.",
        Func<ArgumentResult, string>? parser = null) =>
        new(name) { Description = description, CustomParser = parser ?? PathParser.One };

    /// <summary>The directories that a command reads; the command takes the tokens that are not of it.</summary>
    protected static Argument<string[]> DirectoriesArgument(
        Func<ArgumentResult, string[]> parser,
        string description = "Log directories, runs' directories or event files. In names of directories, * matches any "
            + "characters; ** matches any number of directories. s3://BUCKET/PATH and az://CONTAINER/PATH are runs in object "
            + "stores.") =>
        new("DIR") { Description = description, Arity = ArgumentArity.OneOrMore, CustomParser = parser };

    protected static Argument<string[]> DirectoriesArgument() => DirectoriesArgument(PathParser.SeveralOrStored);

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            int exitCode = await RunAsync(arguments, cancellationToken).ConfigureAwait(false);
            await Terminal.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return exitCode;
        }
        catch (Exception e) when (Failure.IsExpected(e))
        {
            return Failure.Report(e, Terminal);
        }
    }
}
