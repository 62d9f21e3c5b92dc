using TorchBoard.Pipeline;

namespace TorchBoard.Writing;

/// <summary>Passes a writer's failures to its handlers, or to standard error if there are none.</summary>
internal sealed class FailureReport(SummaryWriter writer) : IFailureListener
{
    public void Failed(string path, Exception cause, long dropped)
    {
        if (!Raise(() => writer.OnWriteFailed(new WriteFailedEventArgs(path, cause, dropped))))
            Print($"TorchBoard: '{path}' cannot be written: {cause.Message} Events lost: {dropped}.");
    }

    public void Recovered(string path, long dropped)
    {
        if (!Raise(() => writer.OnWriteRecovered(new WriteRecoveredEventArgs(path, dropped))))
            Print($"TorchBoard: '{path}' can be written again. Events lost: {dropped}.");
    }

    // An exception of a handler must not reach the training loop.
    private static bool Raise(Func<bool> handlers)
    {
        try
        {
            return handlers();
        }
        catch (Exception e)
        {
            Print($"TorchBoard: a handler of WriteFailed or WriteRecovered threw: {e}");
            return true;
        }
    }

    private static void Print(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception)
        {
            // Standard error may be redirected to the same full disk or to user code. Nothing else can be notified.
        }
    }
}
