namespace TorchBoard.Records;

/// <summary>The result of <see cref="RecordReader.Read"/>.</summary>
internal enum ReadStatus
{
    /// <summary>A record with valid checksums.</summary>
    Record,

    /// <summary>The file ends after a whole record; more records may follow later.</summary>
    End,

    /// <summary>The file ends within a record; the rest may follow later.</summary>
    TruncatedTail,

    /// <summary>Bytes that are not a record were skipped.</summary>
    Damage,
}
