using TorchBoard.Storage;

namespace TorchBoard.TestKit;

/// <summary>
/// A destination in memory that fails, or hangs, when a test says so, and counts the calls. What it failed to append is
/// not part of what it holds, not even in part, as in a file that is cut off again.
/// </summary>
internal sealed class FakeDestination : IEventFile
{
    private readonly MemoryStream _taken = new();

    /// <summary>Thrown by each append while it is set.</summary>
    public volatile Exception? Failure;

    /// <summary>While it is reset, appends hang.</summary>
    public ManualResetEventSlim Answers { get; } = new(initialState: true);

    /// <summary>Whether the first append succeeds in any case: it is made by the writer's constructor.</summary>
    public bool TakesOpening { get; init; }

    /// <summary>Whether it holds what it was given, rather than only its length.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>Thrown by Dispose where it is set.</summary>
    public Exception? FailureOfDispose { get; init; }

    /// <summary>How many calls of <see cref="SyncToDisk"/> fail from now on.</summary>
    public int SyncFailures { get; set; }

    public int Attempts { get; private set; }

    public long Length { get; private set; }

    /// <summary>The requests to bring data to the disk, each with the length at that time.</summary>
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
