using TorchBoard.Tool.Commands;
using TorchBoard.Tool.Output;

namespace TorchBoard.Stores.Tests;

/// <summary>The result of a command line of the tool.</summary>
internal sealed record ToolOnStore(int ExitCode, string Output, string Error)
{
    public static async Task<ToolOnStore> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = await TorchBoardCommand.RunAsync(args, new Terminal(output, error));
        return new ToolOnStore(exitCode, output.ToString(), error.ToString());
    }
}
