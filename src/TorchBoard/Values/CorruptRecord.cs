namespace TorchBoard;

/// <summary>A damaged part of an event file.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Offset">The position of the damage, in bytes from the start of the file.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="SkippedBytes">
/// The number of bytes skipped. If a record is intact but one of its values cannot be decoded, the length of that
/// record.
/// </param>
public sealed record CorruptRecord(string File, long Offset, string Reason, long SkippedBytes)
{
    /// <summary>Returns all properties in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{File} at offset {Offset}: {Reason} ({SkippedBytes} bytes skipped)");
}
