namespace TorchBoard.Tool.Checking;

/// <summary>A problem in an event file.</summary>
/// <param name="IsError">Whether a reader fails or hides data because of it; otherwise it is a warning.</param>
/// <param name="File">The file.</param>
/// <param name="Offset">The offset of the first occurrence, in bytes.</param>
/// <param name="Tag">The tag; null if the problem concerns no tag.</param>
/// <param name="Message">The description.</param>
/// <param name="Times">The number of occurrences.</param>
internal sealed record Finding(bool IsError, string File, long Offset, string? Tag, string Message, long Times);
