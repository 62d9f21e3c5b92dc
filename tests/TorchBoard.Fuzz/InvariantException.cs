namespace TorchBoard.Fuzz;

/// <summary>A promise of the reader is broken.</summary>
internal sealed class InvariantException(string message) : Exception(message);
