using System.Diagnostics;
using System.Text;

namespace TorchBoard.Tests.Faults;

/// <summary>A real child process that writes a run and ends or is killed.</summary>
internal sealed class Victim : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private Victim(Process process) => _process = process;

    private static string Program => Path.Combine(TestContext.CurrentContext.TestDirectory, "TorchBoard.Victim.dll");

    public int ExitCode => _process.ExitCode;

    /// <summary>What the program has written to standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Starts the program, optionally with a prefix such as a shell's limits, and with variables.</summary>
    public static Victim Start(
        string way, string directory, string? shellPrefix = null, Dictionary<string, string>? environment = null,
        string? argument = null)
    {
        ProcessStartInfo start = shellPrefix is null
            ? new ProcessStartInfo("dotnet", [Program, way, directory, .. argument is null ? [] : new[] { argument }])
            : new ProcessStartInfo("/bin/sh", ["-c", $"{shellPrefix}; exec dotnet '{Program}' {way} '{directory}'"]);
        foreach ((string name, string value) in environment ?? [])
            start.Environment[name] = value;
        return Start(start);
    }

    /// <summary>Starts a program that will be ended by a signal.</summary>
    public static Victim StartWithDefaultSignals(string way, string directory) =>
        Start(Signals.StartWithDefaults("dotnet", Program, way, directory));

    private static Victim Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        // No core dumps of programs that die on purpose.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";

        // The runtime keeps its own code in a large file in memory, which a limit on file sizes would prevent.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        Process process = Process.Start(start)!;
        var victim = new Victim(process);
        process.ErrorDataReceived += (_, e) => victim.Hear(e.Data);
        process.BeginErrorReadLine();
        return victim;
    }

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>All lines until the program ends.</summary>
    public List<string> ReadLines()
    {
        var lines = new List<string>();
        while (ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }

    public void WriteLine(string line = "")
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    /// <summary>kill -SIGNAL.</summary>
    public void Send(string signal) => Signals.Send(_process, signal);

    /// <summary>kill -STOP; returns when all threads of the program have stopped.</summary>
    public void Suspend()
    {
        Send("STOP");
        string status = $"/proc/{_process.Id}/stat";
        Assert.That(() => File.ReadAllText(status).Split(") ")[^1][0], Is.EqualTo('T').After(30_000, 10));
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_errors)
            _errors.AppendLine(line);
    }

    public void WaitForExit()
    {
        Assert.That(_process.WaitForExit(Patience), "the program ended");

        // Without a time, it also waits until all that the program has written is heard.
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
