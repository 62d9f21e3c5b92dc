using TorchBoard.Hyperparameters;

namespace TorchBoard.Writing;

/// <summary>
/// The state of a run's hyperparameters: TensorBoard reads only the first hyperparameters and the first status of a run.
/// Thread-safe.
/// </summary>
internal sealed class Trial
{
    private const int None = 0;
    private const int Begun = 1;
    private const int Ended = 2;

    private int _state = None;
    private RunStatus? _statusWhenDisposed;

    /// <summary>Records that the run has hyperparameters.</summary>
    /// <param name="statusWhenDisposed">The status to record when the writer is disposed; null for none.</param>
    /// <exception cref="InvalidOperationException">It has some already.</exception>
    public void Begin(RunStatus? statusWhenDisposed)
    {
        if (Interlocked.CompareExchange(ref _state, Begun, None) != None)
        {
            throw new InvalidOperationException(
                "This writer has already added hyperparameters, and TensorBoard reads only the first ones of a run. "
                + "Add all of them in one call, or use a separate run for each trial.");
        }

        _statusWhenDisposed = statusWhenDisposed;
    }

    /// <summary>Records that the run has a status.</summary>
    /// <exception cref="InvalidOperationException">It has no hyperparameters, or a status already.</exception>
    public void End()
    {
        int before = Interlocked.CompareExchange(ref _state, Ended, Begun);
        if (before != Begun)
        {
            throw new InvalidOperationException(before == None
                ? "No hyperparameters were added; call AddHyperparameters first."
                : "The status was already recorded, and TensorBoard reads only the first one of a run.");
        }
    }

    /// <summary>Returns the status to record when the writer is disposed; null if there is none, or one already.</summary>
    public RunStatus? EndWhenDisposed() =>
        _statusWhenDisposed is { } status && Interlocked.CompareExchange(ref _state, Ended, Begun) == Begun
            ? status
            : null;
}
