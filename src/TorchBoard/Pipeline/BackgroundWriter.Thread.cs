namespace TorchBoard.Pipeline;

/// <summary>What the background thread does.</summary>
internal sealed partial class BackgroundWriter
{
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
            _current.Complete(failure);
            bool isLast = _current.IsLast;
            _current.Clear();
            if (!isLast)
                continue;

            closing ??= new Deadline(Options.CloseTimeout);
            if (failure is null || closing.Value.IsOver)
            {
                Abandon(failure);
                return failure;
            }

            lock (_gate)
                Monitor.Wait(_gate, Outage.RetryWhileClosing);
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
            foreach (RunOutput output in _current.Ready)
                output.IsReady = false;
        }
    }

    private Exception? Write(Pass pass)
    {
        Passes++;
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

        foreach (RunOutput output in _visited)
            Visit(output, seal: all, pass.IsUrgent);
        _visited.Clear();
        for (int i = _schedule.Failing.Count - 1; i >= 0 && !pass.IsUrgent; i--)
        {
            if (_schedule.Failing[i].Outage.IsDue)
                Visit(_schedule.Failing[i], seal: false, isUrgent: false);
        }

        if (all)
            _hasMemoryToRelease = Pool.Trim();
        return _schedule.Failing.Count > 0 ? _schedule.Failing[0].Outage.Cause : null;
    }

    private void Visit(RunOutput output, bool seal, bool isUrgent)
    {
        Visits++;

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

    private void Abandon(Exception? failure)
    {
        if (failure is null)
            return;
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
