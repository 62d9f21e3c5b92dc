namespace TorchBoard;

/// <summary>What to read of a run; everything by default.</summary>
public sealed record RunLogOptions
{
    internal static RunLogOptions Default { get; } = new();

    /// <summary>
    /// The store that has the runs, such as <c>new S3Storage()</c> for <c>s3://bucket/runs</c>; null, the default, for a
    /// directory of the file system.
    /// </summary>
    public RunStorage? Storage { get; init; }

    /// <summary>
    /// Selects the tags to read; null, the default, for all. Other tags are not listed, and their values are neither
    /// decoded nor stored, so that reading one curve of a large file takes little memory.
    /// </summary>
    public Func<string, bool>? Tags { get; init; }

    /// <summary>
    /// The kinds of values to read; null, the default, for all. Tags of other kinds are listed, but their values are
    /// neither decoded nor stored.
    /// </summary>
    public IReadOnlyCollection<TagKind>? Kinds { get; init; }

    /// <summary>
    /// The maximum number of points of each curve to store, evenly spaced, including the first and the last; at least
    /// 2. Null, the default, for all. <see cref="TagInfo.Count"/> still counts all points.
    /// </summary>
    public int? MaxPoints
    {
        get;
        init => field = value is null or >= 2
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxPoints), value, $"{nameof(MaxPoints)} must be at least 2, or null for all points.");
    }

    /// <summary>Whether to store computation graphs, which may be large. True by default.</summary>
    public bool Graphs { get; init; } = true;

    /// <summary>
    /// Whether the start of a session at a step removes earlier points of all tags at this step or later, as the writer
    /// of a resumed run intends. True by default; if false, all points of the files are read.
    /// </summary>
    public bool ApplyRestarts { get; init; } = true;

    /// <summary>
    /// Called for each damaged part of a file when it is found, and for each file that cannot be read, in whole or from
    /// some offset; null by default. <see cref="RunLog.Errors"/> lists the same parts.
    /// </summary>
    public Action<CorruptRecord>? OnCorruptRecord { get; init; }

    /// <summary>Called after each file, even if it could not be read; null by default.</summary>
    public Action<EventFileInfo>? OnFileRead { get; init; }
}
