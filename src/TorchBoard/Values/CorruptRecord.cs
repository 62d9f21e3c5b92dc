namespace TorchBoard;

/// <summary>A place in an event file that could not be read.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Offset">Where the damage begins, in bytes from the file's start.</param>
/// <param name="Reason">What is wrong there.</param>
/// <param name="SkippedBytes">
/// How many bytes were passed over. Where a record is whole but a value in it cannot be understood, the length of
/// that record.
/// </param>
public sealed record CorruptRecord(string File, long Offset, string Reason, long SkippedBytes)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{File} at offset {Offset}: {Reason} ({SkippedBytes} bytes skipped)");
}
