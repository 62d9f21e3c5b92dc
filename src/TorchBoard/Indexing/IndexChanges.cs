namespace TorchBoard.Indexing;

/// <summary>Counts the changes of an index and wakes callers that wait for one. Costs nothing while none waits.</summary>
internal sealed class IndexChanges
{
    private readonly Lock _gate = new();
    private long _version;
    private long _listVersion;
    private TaskCompletionSource? _next;

    /// <summary>The number of the last change.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>The number of the last change to the list of runs and tags.</summary>
    public long ListVersion => Volatile.Read(ref _listVersion);

    /// <summary>Counts a change that begins; <see cref="Tell"/> follows when it is complete.</summary>
    /// <param name="version">
    /// Becomes the number of the change, before <see cref="Version"/> does: a reader that sees that number finds the change.
    /// </param>
    /// <param name="isOfList">Whether a run or tag appears or disappears.</param>
    public void Count(ref long version, bool isOfList)
    {
        lock (_gate)
        {
            if (isOfList)
                Volatile.Write(ref _listVersion, _version + 1);
            Volatile.Write(ref version, _version + 1);
            Volatile.Write(ref _version, version);
        }
    }

    public void Tell()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _next) is not null)
            Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }

    /// <summary>Completes when there is a change with a greater number.</summary>
    public async Task<long> WaitAsync(long version, CancellationToken cancellationToken)
    {
        while (Version <= version)
        {
            var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task next = (Interlocked.CompareExchange(ref _next, created, null) ?? created).Task;

            // From now on, changes are reported; earlier ones are visible.
            if (Version > version)
                break;
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return Version;
    }
}
