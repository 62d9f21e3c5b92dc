namespace TorchBoard.Reports;

/// <summary>Passes a sentence to the program, or else to standard error.</summary>
internal static class Report
{
    /// <summary>Never throws.</summary>
    public static void Tell(string text, Action<string>? onWarning)
    {
        if (onWarning is null)
        {
            StandardError.WriteLine($"TorchBoard: {text}");
            return;
        }

        try
        {
            onWarning(text);
        }
        catch (Exception e)
        {
            // An exception of a handler must not reach the training loop.
            StandardError.WriteLine($"TorchBoard: {text} The handler of OnWarning threw: {e}");
        }
    }
}
