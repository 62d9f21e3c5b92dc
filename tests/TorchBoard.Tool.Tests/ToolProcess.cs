using System.Diagnostics;
using System.Text;

namespace TorchBoard.Tool.Tests;

/// <summary>The tool in a separate process.</summary>
internal sealed class ToolProcess : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string ToolPath = typeof(Tool.Commands.ToolCommand).Assembly.Location;

    private readonly Process _process;
    private readonly Task<string> _error;

    private ToolProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public static ToolProcess Start(params string[] args)
    {
        ProcessStartInfo start =
            Signals.StartWithDefaults(["dotnet", ToolPath, .. args]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        // The tests also run there.
        start.Environment.Remove("GITHUB_ACTIONS");
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        return new ToolProcess(Process.Start(start)!);
    }

    public static ToolRun Run(params string[] args)
    {
        using ToolProcess tool = Start(args);
        return tool.End();
    }

    /// <summary>Runs a line of a shell in which <c>"$@"</c> is the tool with the arguments.</summary>
    public static ToolRun RunInShell(string line, params string[] args)
    {
        var start = new ProcessStartInfo("sh", ["-c", line, "sh", "dotnet", ToolPath, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("GITHUB_ACTIONS");
        using var shell = new ToolProcess(Process.Start(start)!);
        return shell.End();
    }

    /// <summary>Waits until the tool has a file open, on Linux.</summary>
    public void WaitUntilOpen(string file) => Assert.That(
        () => _process.HasExited || Directory.EnumerateFiles($"/proc/{_process.Id}/fd")
            .Any(descriptor => new FileInfo(descriptor).LinkTarget == file),
        Is.True.After((int)Limit.TotalMilliseconds, 10));

    public void Send(string signal) => Signals.Send(_process, signal);

    public async Task<string?> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit).ConfigureAwait(false);

    /// <summary>Sends the signal of Ctrl-C.</summary>
    public void Interrupt() => Signals.Send(_process, "INT");

    public ToolRun End()
    {
        string output = _process.StandardOutput.ReadToEndAsync().WaitAsync(Limit).GetAwaiter().GetResult();
        _process.WaitForExit();
        return new ToolRun(_process.ExitCode, output, _error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
