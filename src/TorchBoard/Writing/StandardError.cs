namespace TorchBoard.Writing;

/// <summary>Reports for which the program has no handler.</summary>
internal static class StandardError
{
    public static void WriteLine(string line)
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
