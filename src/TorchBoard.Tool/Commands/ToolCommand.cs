using System.CommandLine;
using TorchBoard.Testing;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Commands;

/// <summary>A command of the tool. Invalid input results in a message and an exit code.</summary>
internal abstract class ToolCommand : Command
{
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
        string name = "DIR", string description = "A log directory, a run's directory or an event file.") =>
        new(name) { Description = description, CustomParser = PathParser.One };

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Canceled;
        }
        catch (ExpectationSyntaxException e)
        {
            Terminal.FailInLines(e.Message);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is UsageException or InvalidDataException
            or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            Terminal.Fail(e.Message);
            return ExitCode.Usage;
        }
    }
}
