namespace TorchBoard;

/// <summary>A file that <see cref="RunSync"/> copied, or could not copy.</summary>
/// <param name="Source">The path of the source; empty if the failure does not concern a single file.</param>
/// <param name="Target">The path of the copy.</param>
/// <param name="Bytes">The number of bytes that were sent or received.</param>
/// <param name="Failure">Why it could not be copied; null if it was.</param>
public sealed record SyncedFile(string Source, string Target, long Bytes, Exception? Failure);
