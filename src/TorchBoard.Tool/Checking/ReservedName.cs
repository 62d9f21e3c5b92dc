namespace TorchBoard.Tool.Checking;

/// <summary>Tells names that TensorBoard's page cannot show.</summary>
internal static class ReservedName
{
    /// <summary>Whether the part of a name before the first slash is a property of every JavaScript object.</summary>
    public static bool IsGroup(string name)
    {
        if (name.Length == 0)
            return false;
        try
        {
            Tag.ThrowIfInvalid(name);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
