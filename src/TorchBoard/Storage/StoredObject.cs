namespace TorchBoard;

/// <summary>An object as a listing describes it.</summary>
/// <param name="Key">The key in its container.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Version">The version, such as the ETag: another one whenever the content changes.</param>
/// <param name="Modified">The time of the last change.</param>
public readonly record struct StoredObject(string Key, long Size, string Version, DateTimeOffset Modified);
