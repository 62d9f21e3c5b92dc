using TorchBoard.Pipeline;

namespace TorchBoard.Writing;

/// <summary>Passes a writer's failures to its handlers, or to standard error if there are none.</summary>
internal sealed class FailureReport(SummaryWriter writer) : IFailureListener
{
    public void Failed(string path, Exception cause, long dropped)
    {
        if (!Raise(() => writer.OnWriteFailed(new WriteFailedEventArgs(path, cause, dropped))))
            StandardError.WriteLine($"TorchBoard: '{path}' cannot be written: {cause.Message} Events lost: {dropped}.");
    }

    public void Recovered(string path, long dropped)
    {
        if (!Raise(() => writer.OnWriteRecovered(new WriteRecoveredEventArgs(path, dropped))))
            StandardError.WriteLine($"TorchBoard: '{path}' can be written again. Events lost: {dropped}.");
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
            StandardError.WriteLine($"TorchBoard: a handler of WriteFailed or WriteRecovered threw: {e}");
            return true;
        }
    }
}
