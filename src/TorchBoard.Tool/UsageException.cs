namespace TorchBoard.Tool;

/// <summary>The exception thrown for a request that cannot be fulfilled. The message says why and what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
