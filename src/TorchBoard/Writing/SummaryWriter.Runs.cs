using TorchBoard.Storage;
using TorchBoard.Writing;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    private SummaryWriter(WriterSession session, string path)
    {
        LogDirectory = path;
        FilePath = "";
        _isSubRun = true;
        _session = session;
        _run = session.OpenWriterRun(path);
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
        string name = RunName.OfNewRun(now, Environment.MachineName, comment);
        return new SummaryWriter(Path.Combine("runs", name), options);
    }

    /// <summary>
    /// Opens a run below this one, such as <c>train</c> and <c>validation</c>, whose curves TensorBoard overlays
    /// where their tags are equal. It shares this writer's thread, options and bound on unwritten bytes.
    /// </summary>
    /// <param name="name">The name of the directory below this run's; slashes separate directories.</param>
    /// <returns>
    /// A writer of its own, whose file is opened with the first event. <see cref="Flush"/> flushes all runs of the
    /// writer. <see cref="Dispose"/> ends this run: its file is closed in the background when everything is written,
    /// and the run costs nothing any more. Disposing the writer that was opened first ends all of its sub-runs.
    /// Failures are told by the events of that writer.
    /// </returns>
    /// <exception cref="ArgumentException">The name leads out of the directory or is no directory's name.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public SummaryWriter OpenSubRun(string name)
    {
        Tag.ThrowIfInvalid(name, nameof(name));
        RunName.ThrowIfInvalid(name);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return new SummaryWriter(_session, _session.Storage.Below(_run.Path, name));
    }
}
