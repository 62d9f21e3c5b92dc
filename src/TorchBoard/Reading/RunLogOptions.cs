namespace TorchBoard;

/// <summary>What of a run is read. By default everything.</summary>
public sealed record RunLogOptions
{
    internal static RunLogOptions Default { get; } = new();

    /// <summary>
    /// Which tags are read; null, the default, for all. The values of others are neither decoded nor kept, and they
    /// are not listed: one curve out of a large file takes little memory.
    /// </summary>
    public Func<string, bool>? Tags { get; init; }

    /// <summary>
    /// Which kinds of values are read; null, the default, for all. The values of other kinds are neither decoded nor
    /// kept, but their tags are listed.
    /// </summary>
    public IReadOnlyCollection<TagKind>? Kinds { get; init; }

    /// <summary>
    /// Whether the start of a session at a step removes what was read before of that step and later ones, of all
    /// tags: what the writer of a resumed run meant. True by default; false gives every point of the files.
    /// </summary>
    public bool ApplyRestarts { get; init; } = true;

    /// <summary>
    /// Called for each place that cannot be read, as it is met; null by default. <see cref="RunLog.Errors"/> lists
    /// the same.
    /// </summary>
    public Action<CorruptRecord>? OnCorruptRecord { get; init; }
}
