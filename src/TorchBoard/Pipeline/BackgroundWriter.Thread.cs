namespace TorchBoard.Pipeline;

/// <summary>What the background thread does.</summary>
internal sealed partial class BackgroundWriter
{
    /// <summary>The pause between attempts while the writer closes, in milliseconds.</summary>
    private const int RetryWhileClosing = 50;

    private void Run()
    {
        Exception? abandoned = null;
        try
        {
            abandoned = WriteUntilClosed();
        }
        catch (Exception e)
        {
            // A bug: nothing may wait for this thread from now on.
            Fault(e);
        }

        foreach (RunOutput output in Outputs())
            Close(output);

        // A flush requested after the last pass: everything was written by then, or abandoned.
        lock (_gate)
        {
            if (_state != State.Faulted)
                _state = State.Ended;
        }

        _next.Complete(abandoned);
    }

    /// <summary>Returns the reason why data was abandoned; null if everything was written.</summary>
    private Exception? WriteUntilClosed()
    {
        Deadline? closing = null;
        while (true)
        {
            AwaitPass();
            Exception? failure = Write(_current);
            _current.End(failure);
            if (!_current.IsLast)
                continue;

            if (failure is null)
                return null;
            closing ??= new Deadline(Options.CloseTimeout);
            if (closing.IsOver)
            {
                Abandon(failure);
                return failure;
            }

            lock (_gate)
                Monitor.Wait(_gate, RetryWhileClosing);
        }
    }

    private void AwaitPass()
    {
        lock (_gate)
        {
            if (_next.IsEmpty)
            {
                _isIdle = !_hasBegun && !_hasMemoryToRelease;
                Monitor.Wait(_gate, _isIdle ? _schedule.UntilRetry : _schedule.UntilNext);
                _isIdle = false;
            }

            (_current, _next) = (_next, _current);
            _next.IsLast = _current.IsLast;
            for (int i = 0; i < _current.Ready.Count; i++)
                _current.Ready[i].IsReady = false;
        }
    }

    private Exception? Write(Pass pass)
    {
        _passes++;
        bool all = pass.IsUrgent || pass.RoomWanted || _schedule.IsFlushDue;
        if (all)
        {
            _schedule.Flushed();
            lock (_gate)
            {
                _hasBegun = false;
                _visited.AddRange(_outputs);
            }
        }
        else
        {
            _visited.AddRange(pass.Ready);
        }

        for (int i = 0; i < _visited.Count; i++)
            Visit(_visited[i], seal: all, pass.IsUrgent);
        _visited.Clear();
        List<RunOutput> failing = _schedule.Failing;
        if (failing.Count > 0 && !pass.IsUrgent)
            Retry(failing);
        if (all)
            _hasMemoryToRelease = Pool.Trim();
        return failing.Count > 0 ? failing[0].Outage.Cause : null;
    }

    // A success removes the run from the list.
    private void Retry(List<RunOutput> failing)
    {
        for (int i = failing.Count - 1; i >= 0; i--)
        {
            if (failing[i].Outage.IsDue)
                Visit(failing[i], seal: false, isUrgent: false);
        }
    }

    private void Visit(RunOutput output, bool seal, bool isUrgent)
    {
        _visits++;

        // Read first: data appended before a run ends is sealed here; otherwise a later pass must come back.
        bool ended = output.IsEnded;
        if (seal || ended)
            output.Queue.Seal();
        if (isUrgent || output.Outage.IsDue)
        {
            // An outage is over only when a sync succeeds.
            bool sync = isUrgent || ended || output.Outage.Cause is not null;
            Write(output, isUrgent, sync && Options.SyncToDisk);
        }

        if (ended && output.Outage.Cause is null)
            Remove(output);
    }

    private void Write(RunOutput output, bool isUrgent, bool sync)
    {
        Exception? failure = null;
        try
        {
            output.WriteSealed(isUrgent);
            if (sync)
                output.SyncToDisk();
        }
        catch (Exception e)
        {
            // Of any type: a storage reports failures by its own exceptions.
            failure = e;
        }

        if (failure is not null && output.Outage.Fail(failure))
        {
            _schedule.Retry(output);
            output.Queue.IsStalled = true;
            Listener.Failed(output.Path, failure, output.Queue.Dropped);
        }
        else if (failure is null && output.Outage.End())
        {
            _schedule.Recovered(output);
            output.Queue.IsStalled = false;
            Listener.Recovered(output.Path, output.Queue.Dropped);
        }
    }

    private void Remove(RunOutput output)
    {
        lock (_gate)
        {
            if (output.Index < 0)
                return;
            RunOutput last = _outputs[^1];
            _outputs[output.Index] = last;
            last.Index = output.Index;
            _outputs.RemoveAt(_outputs.Count - 1);
            output.Index = -1;
        }

        Close(output);
    }

    // An exception that leaves this thread would end the process.
    private void Close(RunOutput output)
    {
        try
        {
            output.Dispose();
        }
        catch (Exception e)
        {
            Listener.Failed(output.Path, e, output.Queue.Dropped);
        }
    }

    private void Abandon(Exception failure)
    {
        foreach (RunOutput output in Outputs())
        {
            output.Abandon();
            if (output.Queue.Dropped > 0)
                Listener.Failed(output.Path, failure, output.Queue.Dropped);
        }
    }

    private void Fault(Exception e)
    {
        lock (_gate)
        {
            _state = State.Faulted;
            _fault = e;
        }

        // Completes both the current flush and one that waits for its turn.
        Pool.Stalled = true;
        _current.Flush?.TrySetException(Faulted(e));
        _next.Flush?.TrySetException(Faulted(e));
        AbandonAll();
        foreach (RunOutput output in Outputs())
            Listener.Failed(output.Path, e, output.Queue.Dropped);
    }

    // Without a thread, nothing is written anymore: all data added before or later counts as lost.
    private void AbandonAll()
    {
        foreach (RunOutput output in Outputs())
        {
            output.Queue.Seal();
            output.Abandon();
        }
    }
}
