namespace TorchBoard.Writing;

/// <summary>Waits on a thread of its own, because a program may keep all threads of the pool busy for a long time.</summary>
internal static class OwnThread
{
    /// <summary>Runs an action; the code that awaits the task continues on the same thread.</summary>
    public static Task Run(Action action)
    {
        var done = new TaskCompletionSource();
        var thread = new Thread(() => Complete(done, action)) { IsBackground = true, Name = "TorchBoard wait" };
        thread.Start();
        return done.Task;
    }

    private static void Complete(TaskCompletionSource done, Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException e)
        {
            done.SetCanceled(e.CancellationToken);
            return;
        }
        catch (Exception e)
        {
            done.SetException(e);
            return;
        }

        done.SetResult();
    }
}
