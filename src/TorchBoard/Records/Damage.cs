namespace TorchBoard.Records;

/// <summary>A part of a file without a readable record.</summary>
internal readonly record struct Damage(long Offset, long Length, string Reason);
