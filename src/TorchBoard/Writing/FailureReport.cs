using TorchBoard.Pipeline;

namespace TorchBoard.Writing;

/// <summary>Passes a writer's failures on to its handlers, or to standard error where there are none.</summary>
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
            Print($"TorchBoard: '{path}' is written again. Events lost: {dropped}.");
    }

    // A handler's error is not the training run's.
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
            // It may lead to a file on the same full disk, or to the program's own code. There is nobody else to tell.
        }
    }
}
