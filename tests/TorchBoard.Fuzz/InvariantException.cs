namespace TorchBoard.Fuzz;

/// <summary>The exception thrown when a promise of the reader is broken.</summary>
internal sealed class InvariantException(string message) : Exception(message);
