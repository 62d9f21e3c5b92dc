namespace TorchBoard.Uploading;

/// <summary>
/// Decides when a row of segments needs a new one. A segment that grows is uploaded again as a whole, because most stores
/// cannot append; the more often, the fewer segments there are. The bytes of all uploads stay within twice those of the
/// run, what the requests themselves take, and a few megabytes at the start, where most runs end with one segment.
/// </summary>
internal sealed class UploadBudget
{
    /// <summary>A longer segment is never uploaded again.</summary>
    public const long LongestSegment = 64 << 20;

    public const long AtStart = 4 << 20;

    /// <summary>Less than the headers of a request take.</summary>
    public const long PerRequest = 256;

    /// <summary>The bytes of the run so far.</summary>
    public long Written { get; private set; }

    /// <summary>The bytes of all uploads so far.</summary>
    public long Uploaded { get; private set; }

    public long Requests { get; private set; }

    /// <summary>Records an upload.</summary>
    /// <param name="length">The length of the segment.</param>
    /// <param name="added">The number of its bytes that no upload before had.</param>
    public void Add(long length, long added)
    {
        Written += added;
        Uploaded += length;
        Requests++;
    }

    /// <summary>Whether a segment may grow, and be uploaded once more, after an upload that is about to be made.</summary>
    /// <inheritdoc cref="Add"/>
    public bool AllowsAnother(long length, long added) =>
        length < LongestSegment
        && Uploaded + (2 * length) <= (2 * (Written + added)) + AtStart + ((Requests + 1) * PerRequest);
}
