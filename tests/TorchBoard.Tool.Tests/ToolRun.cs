using System.Text.Json;
using TorchBoard.Tool.Commands;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Tests;

/// <summary>The result of a command line of the tool, run in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static ToolRun Of(params string[] args) => InColor(false, args);

    public static ToolRun InColor(bool color, params string[] args) =>
        In((output, error) => new Terminal(output, error) { UsesColor = color }, args);

    /// <summary>The result in a workflow of GitHub Actions.</summary>
    public static ToolRun OnGitHub(params string[] args) =>
        In((output, error) => new Terminal(output, error) { IsOnGitHub = true }, args);

    /// <summary>The result in a terminal of a size.</summary>
    public static ToolRun InTerminal(int width, int height, params string[] args) =>
        In((output, error) => new Terminal(output, error) { IsInteractive = true, Width = width, Height = height }, args);

    public static ToolRun In(Func<TextWriter, TextWriter, Terminal> terminal, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = TorchBoardCommand.RunAsync(args, terminal(output, error))
            .GetAwaiter()
            .GetResult();
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }
}
