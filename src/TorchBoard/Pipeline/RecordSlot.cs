namespace TorchBoard.Pipeline;

/// <summary>
/// Room for one record at the end of a run's batch. The run is locked until the slot is disposed; a slot that
/// was not committed leaves no trace.
/// </summary>
internal readonly ref struct RecordSlot(object gate, Batch batch)
{
    public Span<byte> Bytes => batch.Free;

    public void Commit(int length) => batch.Append(length);

    public void Commit(IDeferredRecord record) => batch.Append(record);

    public void Dispose() => Monitor.Exit(gate);
}
