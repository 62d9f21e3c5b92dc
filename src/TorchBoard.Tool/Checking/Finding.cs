namespace TorchBoard.Tool.Checking;

/// <summary>Something wrong with an event file.</summary>
/// <param name="IsError">Whether a reader fails or hides data because of it; else a warning.</param>
/// <param name="File">The file.</param>
/// <param name="Offset">Where it was met first, in bytes from the file's start.</param>
/// <param name="Tag">The tag, where it is about one.</param>
/// <param name="Message">What it is.</param>
/// <param name="Times">How often it was met.</param>
internal sealed record Finding(bool IsError, string File, long Offset, string? Tag, string Message, long Times);
