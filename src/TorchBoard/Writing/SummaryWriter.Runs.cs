using TorchBoard.Events;
using TorchBoard.Files;
using TorchBoard.Pipeline;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    private SummaryWriter(SummaryWriter parent, string directory)
    {
        LogDirectory = directory;
        FilePath = "";
        _parent = parent;
        _options = parent._options;
        _clock = parent._clock;
        _failures = parent._failures;
        _pool = parent._pool;
        _background = parent._background;
        _series = new SeriesRuns(directory, OpenLater);
        _run = OpenLater(directory);
    }

    /// <summary>
    /// Opens a new run in a directory named as PyTorch names it: <c>runs/</c>, the local date and time, the machine,
    /// and a comment, such as <c>runs/Nov21_09-44-59_lab1_lr0.01</c>.
    /// </summary>
    /// <param name="comment">Text at the end of the name; empty by default.</param>
    /// <param name="options">How to write; the defaults where none are given.</param>
    /// <exception cref="IOException">The directory or the file cannot be made.</exception>
    public static SummaryWriter OpenNewRun(string comment = "", SummaryWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(comment);
        options ??= SummaryWriterOptions.Default;
        DateTimeOffset now = options.TimeProvider.GetLocalNow();
        return new SummaryWriter(RunDirectory.OfNewRun(now, Environment.MachineName, comment), options);
    }

    /// <summary>
    /// Opens a run below this one, such as <c>train</c> and <c>validation</c>, whose curves TensorBoard overlays
    /// where their tags are equal. It shares this writer's thread, options and bound on unwritten bytes.
    /// </summary>
    /// <param name="name">The name of the directory below this run's; slashes separate directories.</param>
    /// <returns>
    /// A writer of its own. <see cref="Flush"/> flushes all runs of the writer, <see cref="Dispose"/> ends this one;
    /// disposing the writer it came from ends it too. The file is opened with the first event. Failures are told by
    /// the events of the writer it came from.
    /// </returns>
    /// <exception cref="ArgumentException">The name leads out of the directory or is no directory's name.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public SummaryWriter OpenSubRun(string name)
    {
        Tag.ThrowIfInvalid(name, nameof(name));
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return new SummaryWriter(this, RunDirectory.OfSubRun(_run.Directory, name));
    }
}
