using TorchBoard.Pipeline;

namespace TorchBoard.Writing;

/// <summary>
/// The embeddings of a run. Each has its own part of the memory, its own outages and its own reports, so that one that
/// cannot be written holds up neither the events nor the others. Thread-safe.
/// </summary>
internal sealed class EmbeddingRuns(string run, WriterSession session)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, ProjectorFiles> _latest = new(StringComparer.Ordinal);
    private readonly List<RunHandle> _open = [];
    private long _droppedByClosed;
    private bool _ended;

    /// <summary>The number of embeddings that were lost.</summary>
    public long Dropped
    {
        get
        {
            lock (_gate)
                return _droppedByClosed + _open.Sum(handle => handle.Dropped);
        }
    }

    /// <exception cref="ObjectDisposedException">The run has ended.</exception>
    public void Append(ProjectorFiles files)
    {
        RunHandle handle = Open(files);
        handle.Queue.Append(new DeferredFiles(() => Write(files), files.Size, () => files.LastPath ?? handle.Path));
        handle.End();
    }

    /// <summary>Makes every later append throw.</summary>
    public void End()
    {
        lock (_gate)
            _ended = true;
    }

    private RunHandle Open(ProjectorFiles files)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, typeof(SummaryWriter));
            RunHandle handle = session.OpenFiles(session.Storage.Below(run, files.Name));
            ForgetClosed();
            _open.Add(handle);
            _latest[files.Name] = files;
            return handle;
        }
    }

    // A program may add an embedding at every step.
    private void ForgetClosed()
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (!_open[i].IsClosed)
                continue;
            _droppedByClosed += _open[i].Dropped;
            _open.RemoveAt(i);
        }
    }

    private void Write(ProjectorFiles files)
    {
        // One that is added again replaces the earlier one, also if that is still being retried.
        lock (_gate)
        {
            if (_latest.GetValueOrDefault(files.Name) != files)
                return;
        }

        files.Write(session.Storage, run, session.Options.SyncToDisk);
        lock (_gate)
        {
            if (_latest.GetValueOrDefault(files.Name) == files)
                _latest.Remove(files.Name);
        }
    }
}
