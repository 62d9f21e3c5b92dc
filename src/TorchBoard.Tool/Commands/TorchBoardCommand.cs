using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Serving;

namespace TorchBoard.Tool.Commands;

/// <summary>The root command.</summary>
internal sealed class TorchBoardCommand : RootCommand
{
    private TorchBoardCommand(Terminal terminal)
        : base("Shows TensorBoard runs, asserts their curves and maintains their event files.")
    {
        ToolCommand[] commands =
        [
            new ListCommand(terminal),
            new ShowCommand(terminal),
            new WatchCommand(terminal),
            new RunsCommand(terminal),
            new AssertCommand(terminal),
            new CompareCommand(terminal),
            new ExportCommand(terminal),
            new CheckCommand(terminal),
            new SyncCommand(terminal),
            new RepairCommand(terminal),
            new MergeCommand(terminal),
            new AverageCommand(terminal),
            new RenameCommand(terminal),
            new RemoveCommand(terminal),
            new ThinCommand(terminal),
            new ServeCommand(terminal),
            new ReportCommand(terminal),
            new DataServerCommand(terminal),
        ];
        foreach (ToolCommand command in commands)
            Subcommands.Add(command);

        var help = Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <summary>Parses and runs a command line. An empty one shows the help.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        ParseResult parsed = new TorchBoardCommand(terminal).Parse(
            args.Count == 0 ? ["--help"] : DataServerCommand.IsMeant(args) ? [DataServerCommand.HiddenName, .. args] : args);
        if (parsed.Action is ParseErrorAction && parsed.Errors is [var first, ..])
        {
            Command command = parsed.CommandResult.Command;
            string path = command is RootCommand ? "torchboard" : $"torchboard {command.Name}";
            string message = command is RootCommand && parsed.UnmatchedTokens is [var unknown, ..]
                ? $"Unknown command '{unknown}'"
                : first.Message.Trim().TrimEnd('.');
            terminal.Fail($"{message}. See '{path} --help'.");
            return ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,

            // Program handles signals, so that they also end a command that does not await anything.
            ProcessTerminationTimeout = null,
        };
        try
        {
            // Help is written by System.CommandLine, not by a command.
            int exitCode = await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
            await terminal.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return exitCode;
        }
        catch (Exception e) when (Failure.IsOfFiles(e))
        {
            return Failure.Report(e, terminal);
        }
    }

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            inner.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            if (parseResult.CommandResult.Command is ToolCommand command)
                command.WriteExamples(output);
            else
                output.WriteLine("Exit codes: 0 success, 1 the check failed, 2 wrong usage or nothing to read.");
            return ExitCode.Fine;
        }
    }
}
