using System.Runtime.InteropServices;
using TorchBoard.Tool.Files;

namespace TorchBoard.Tool;

/// <summary>
/// Ends the process at Ctrl-C or SIGTERM: the command has a moment to stop on its own; then its unfinished files are
/// deleted, and the process ends whatever the command is doing.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int SignalBase = 128;

    private static readonly TimeSpan UsualPatience = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _end;
    private int _exitCode;

    public Interruption()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, ExitCode.Canceled)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, SignalBase + 15)),
        ];
    }

    /// <summary>How long the command has to stop on its own. If it is longer than usual, a second signal ends it.</summary>
    public static TimeSpan Patience { get; set; } = UsualPatience;

    public CancellationToken Token => _source.Token;

    /// <summary>Returns the exit code of the process for the exit code of a command.</summary>
    public int ExitCodeFor(int command) => command == ExitCode.Canceled && _exitCode != 0 ? _exitCode : command;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _end?.Dispose();
        _source.Dispose();
    }

    private void Interrupt(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
        {
            if (Patience > UsualPatience)
                End();
            return;
        }

        _end = new Timer(_ => End(), null, Patience, Timeout.InfiniteTimeSpan);
        _ = _source.CancelAsync();
    }

    private void End()
    {
        NewFiles.DeleteUnfinished();
        Environment.Exit(_exitCode);
    }
}
