using System.IO.Hashing;

namespace TorchBoard.Pipeline;

/// <summary>
/// The hash of the data that a run has written since the last sync. A class of its own, so that only a writer with
/// <see cref="SummaryWriterOptions.SyncToDisk"/> loads the assembly of the algorithm.
/// </summary>
internal sealed class UnsyncedHash
{
    private readonly XxHash3 _hash = new();

    /// <summary>The XXH3 hash of the data appended since the last <see cref="Reset"/>.</summary>
    public ulong Value => _hash.GetCurrentHashAsUInt64();

    public void Append(ReadOnlySpan<byte> records) => _hash.Append(records);

    public void Reset() => _hash.Reset();
}
