namespace TorchBoard;

/// <summary>Copies runs between directories and object stores.</summary>
public static class RunSync
{
}
