using TorchBoard.Storage;
using TorchBoard.Storage.Local;
using TorchBoard.Uploading;
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
    /// Opens a new run in a new directory, named as in PyTorch: <c>runs/</c>, local date and time, machine name and a
    /// comment, such as <c>runs/Nov21_09-44-59_lab1_lr0.01</c>.
    /// </summary>
    /// <remarks>
    /// Of runs that are opened within the same second, in any processes, each gets a directory of its own: the names of the
    /// others end with <c>_1</c>, <c>_2</c> and so on. With <see cref="SummaryWriterOptions.Storage"/>, this holds for the
    /// programs of one user on one machine with the same <see cref="SummaryWriterOptions.SpoolDirectory"/>.
    /// </remarks>
    /// <param name="comment">Text appended to the name; empty by default.</param>
    /// <param name="options">The writer's options; the defaults if null.</param>
    /// <param name="logDirectory">
    /// The directory that gets the run; <c>runs</c> by default. With <see cref="SummaryWriterOptions.Storage"/>, a path of
    /// the storage, such as <c>s3://bucket/runs</c>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The log directory is null or empty, or not one of the storage.
    /// </exception>
    /// <exception cref="IOException">The directory or the file cannot be created.</exception>
    public static SummaryWriter OpenNewRun(
        string comment = "", SummaryWriterOptions? options = null, string logDirectory = "runs")
    {
        ArgumentNullException.ThrowIfNull(comment);
        options ??= new SummaryWriterOptions();
        RunStorage storage = RunStorage.Of(logDirectory, options.Storage);
        DateTimeOffset now = options.TimeProvider.GetLocalNow();
        string name = RunName.OfNewRun(now, Environment.MachineName, comment);
        string parent = options.Storage is null ? logDirectory : storage.FullPath(logDirectory);
        for (int taken = 0; ; taken++)
        {
            string run = storage.Below(parent, taken == 0 ? name : $"{name}_{EventFileName.Digits(taken)}");
            if (!options.Enabled || TryTake(run, storage, options))
                return new SummaryWriter(run, options);
        }
    }

    private static bool TryTake(string run, RunStorage storage, SummaryWriterOptions options) =>
        storage is ObjectStorage store
            ? TakenRunName.TryTake(Spool.RootOf(options.SpoolDirectory), store, run)
            : NewDirectory.TryCreate(storage.FullPath(run));

    /// <summary>
    /// Opens a run below this one, such as <c>train</c> or <c>validation</c>. TensorBoard overlays curves of the same
    /// tag. The sub-run shares this writer's thread, options and limit of unwritten bytes.
    /// </summary>
    /// <param name="name">The directory below this run's directory; slashes separate nested directories.</param>
    /// <returns>
    /// A writer whose file is created with its first event. <see cref="Flush"/> flushes all runs of the main writer.
    /// <see cref="Dispose"/> ends this run: its file is closed in the background after everything is written, and its
    /// resources are released. Disposing the main writer ends all its sub-runs. The events of the main writer report
    /// failures.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The name is not a valid directory name or leads out of the directory.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public SummaryWriter OpenSubRun(string name)
    {
        Tag.ThrowIfNotText(name, nameof(name));
        RunName.ThrowIfInvalid(name);
        Tag.ThrowIfReservedRun(name, nameof(name));
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return new SummaryWriter(_session, _session.Storage.Below(_run.Path, name));
    }
}
