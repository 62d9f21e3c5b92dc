namespace TorchBoard.Records;

/// <summary>What <see cref="RecordReader.Read"/> met.</summary>
internal enum ReadStatus
{
    /// <summary>A record whose checksums hold.</summary>
    Record,

    /// <summary>The file ends after a whole record; more may come.</summary>
    End,

    /// <summary>The file ends within a record; the rest of it may come.</summary>
    TruncatedTail,

    /// <summary>Bytes that are no record were skipped.</summary>
    Damage,
}
