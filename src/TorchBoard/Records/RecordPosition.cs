namespace TorchBoard.Records;

/// <summary>Where a reader stands in a file.</summary>
/// <param name="Offset">The next byte to look at.</param>
/// <param name="Lost">Whether it looks for a record after damage, rather than at one.</param>
/// <param name="ReportedUpTo">Up to where skipped bytes have been reported already, while lost.</param>
internal readonly record struct RecordPosition(long Offset, bool Lost = false, long ReportedUpTo = 0);
