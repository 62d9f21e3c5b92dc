namespace TorchBoard;

/// <summary>A file that <see cref="RunSync"/> copied, or could not copy.</summary>
/// <param name="Source">Where it is from; empty if the failure is of no single file.</param>
/// <param name="Target">Where it is copied to.</param>
/// <param name="Bytes">The number of bytes that were sent or received.</param>
/// <param name="Failure">Why it could not be copied; null if it was.</param>
public sealed record SyncedFile(string Source, string Target, long Bytes, Exception? Failure);
