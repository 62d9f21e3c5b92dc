using TorchBoard.Pipeline;

namespace TorchBoard.Writing;

/// <summary>Passes a writer's failures to its handlers, or where its warnings go if there are none.</summary>
internal sealed class FailureReport(SummaryWriter writer, DataNotices notices) : IFailureListener
{
    public void Failed(string path, Exception cause, long dropped)
    {
        if (!Raise(() => writer.OnWriteFailed(new WriteFailedEventArgs(path, cause, dropped))))
            notices.Tell($"'{path}' cannot be written: {cause.Message} Events lost: {dropped}.");
    }

    public void Recovered(string path, long dropped)
    {
        if (!Raise(() => writer.OnWriteRecovered(new WriteRecoveredEventArgs(path, dropped))))
            notices.Tell($"'{path}' can be written again. Events lost: {dropped}.");
    }

    // An exception of a handler must not reach the training loop.
    private bool Raise(Func<bool> handlers)
    {
        try
        {
            return handlers();
        }
        catch (Exception e)
        {
            notices.Tell($"A handler of WriteFailed or WriteRecovered threw: {e}");
            return true;
        }
    }
}
