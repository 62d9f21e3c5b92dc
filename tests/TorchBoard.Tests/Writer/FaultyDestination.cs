using TorchBoard.Storage;

namespace TorchBoard.Tests.Writer;

/// <summary>
/// A destination that fails or hangs when the test says so. It keeps what it took, and half of what it failed at
/// is never part of that: as in a file that is cut off again.
/// </summary>
internal sealed class FaultyDestination : IEventFile
{
    private readonly MemoryStream _taken = new();

    /// <summary>Thrown by every append while set.</summary>
    public volatile Exception? Failure;

    /// <summary>While reset, appends hang.</summary>
    public ManualResetEventSlim Answers { get; } = new(initialState: true);

    public string Path => "faulty";

    public bool IsGone => false;

    public int Attempts { get; private set; }

    public List<byte[]> Payloads() => WrittenEvents.Records(_taken.ToArray());

    public void Append(ReadOnlySpan<byte> records)
    {
        Attempts++;
        Answers.Wait();
        if (Failure is { } failure)
            throw failure;
        _taken.Write(records);
    }

    public void SyncToDisk()
    {
    }

    public void Dispose() => Answers.Dispose();
}
