namespace TorchBoard;

/// <summary>A directory whose runs are missing from a <see cref="LogDirectory"/>.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Reason">Why the directory cannot be listed.</param>
public sealed record UnreadablePath(string Path, string Reason);
