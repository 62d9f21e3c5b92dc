namespace TorchBoard.Records;

/// <summary>The position of a reader in a file.</summary>
/// <param name="Offset">The next byte to read.</param>
/// <param name="Lost">Whether the reader is searching for a record after damage.</param>
/// <param name="ReportedUpTo">The end of the skipped bytes already reported during a search.</param>
internal readonly record struct RecordPosition(long Offset, bool Lost = false, long ReportedUpTo = 0);
