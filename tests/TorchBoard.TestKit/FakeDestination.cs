using TorchBoard.Storage;

namespace TorchBoard.TestKit;

/// <summary>
/// An in-memory destination that fails or hangs on request and counts the calls. A failed append leaves nothing behind,
/// not even partially, as in a file that is truncated again.
/// </summary>
internal sealed class FakeDestination : IEventFile
{
    private readonly MemoryStream _taken = new();

    /// <summary>The exception that each append throws while it is set.</summary>
    public volatile Exception? Failure;

    /// <summary>Appends hang while it is reset.</summary>
    public ManualResetEventSlim Answers { get; } = new(initialState: true);

    /// <summary>Whether the first append, made by the writer's constructor, always succeeds.</summary>
    public bool TakesOpening { get; init; }

    /// <summary>Whether to keep the appended bytes instead of only their length.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>The exception that Dispose throws if it is set.</summary>
    public Exception? FailureOfDispose { get; init; }

    /// <summary>The number of next calls of <see cref="SyncToDisk"/> that fail.</summary>
    public int SyncFailures { get; set; }

    public int Attempts { get; private set; }

    public long Length { get; private set; }

    /// <summary>The requests to sync data to the disk, each with the length at that time.</summary>
    public List<(string What, long Length)> Syncs { get; } = [];

    public string Path => "fake";

    public bool IsGone => false;

    public byte[] Content() => _taken.ToArray();

    public List<byte[]> Payloads() => WrittenEvents.Records(Content());

    public void Append(ReadOnlySpan<byte> records)
    {
        if (Attempts++ > 0 || !TakesOpening)
        {
            Answers.Wait();
            if (Failure is { } failure)
                throw failure;
        }

        Length += records.Length;
        if (Keeps)
            _taken.Write(records);
    }

    public void StartWriteBack() => Syncs.Add(("write back", Length));

    public void SyncToDisk()
    {
        Syncs.Add(("sync", Length));
        if (SyncFailures-- > 0)
            throw new IOException("the disk lost it");
    }

    public void Dispose()
    {
        Answers.Dispose();
        if (FailureOfDispose is not null)
            throw FailureOfDispose;
    }
}
