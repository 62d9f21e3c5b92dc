namespace TorchBoard.Records;

/// <summary>A stretch of a file that holds no readable record.</summary>
internal readonly record struct Damage(long Offset, long Length, string Reason);
