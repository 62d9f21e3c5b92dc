namespace TorchBoard;

/// <summary>The result of the last pass of <see cref="RunSync"/> over all files.</summary>
/// <param name="Copied">The number of files that were copied, in whole or in part.</param>
/// <param name="Unchanged">The number of files that were already equal.</param>
/// <param name="Failed">The number of files that could not be copied.</param>
/// <param name="Bytes">The number of bytes that were sent or received.</param>
public sealed record SyncResult(int Copied, int Unchanged, int Failed, long Bytes);
