using System.Buffers.Binary;
using TorchBoard.Graphs;
using TorchBoard.Records;
using TorchBoard.Storage.Local;

namespace TorchBoard.Fuzz;

/// <summary>Reads a damaged file in every possible way. Throws if a promise is broken.</summary>
internal static class Examination
{
    // Buffers, tables and a value of the corpus, plus a multiple of the file for the values kept.
    private const long AllocatedAtMost = 32 << 20;
    private const long AllocatedPerByte = 400;

    public static void Of(string path, byte[] bytes, IReadOnlyList<byte[]> original)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        List<(long Offset, int Length)> records = Records(path, RecordReader.DefaultBufferSize);
        foreach ((long offset, int length) in records)
            ThrowUnlessWhole(bytes, offset, length);
        ThrowUnlessUntouchedAreRead(bytes, original, records);
        if (!Records(path, bufferSize: 64).SequenceEqual(records))
            throw new InvariantException("What is read depends on the size of the buffer.");

        var errors = new List<CorruptRecord>();
        List<LoggedEvent> events = Events(path, errors);
        RunLog? run = Run(path, events.Count);

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > AllocatedAtMost + (AllocatedPerByte * bytes.Length))
            throw new InvariantException($"{allocated} bytes were allocated for a file of {bytes.Length}.");
        if (run is not null && ReadValues.Of(run).DifferenceTo(ReadValues.Of(events, errors)) is { } difference)
            throw new InvariantException($"The whole run and its events one by one differ: {difference}.");
    }

    private static List<(long Offset, int Length)> Records(string path, int bufferSize)
    {
        var records = new List<(long Offset, int Length)>();
        using var reader = new RecordReader(new LocalFile(path), bufferSize: bufferSize);
        long damagedUpTo = 0;
        while (true)
        {
            switch (reader.Read(out ReadOnlySpan<byte> payload))
            {
                case ReadStatus.Record:
                    records.Add((reader.RecordOffset, payload.Length));
                    break;
                case ReadStatus.Damage when reader.Damage.Length > 0 && reader.Damage.Offset >= damagedUpTo:
                    damagedUpTo = reader.Damage.Offset + reader.Damage.Length;
                    break;
                case ReadStatus.Damage:
                    throw new InvariantException($"Damage is reported twice, or is none: {reader.Damage}.");
                default:
                    return records;
            }
        }
    }

    private static void ThrowUnlessWhole(byte[] bytes, long offset, int length)
    {
        ReadOnlySpan<byte> record = bytes.AsSpan((int)offset, length + 16);
        bool isWhole = BinaryPrimitives.ReadUInt64LittleEndian(record) == (ulong)length
            && BinaryPrimitives.ReadUInt32LittleEndian(record[8..]) == Checksum.Masked(record[..8])
            && BinaryPrimitives.ReadUInt32LittleEndian(record[^4..]) == Checksum.Masked(record[12..^4]);
        if (!isWhole)
            throw new InvariantException($"The record at {offset} was read though its checksums are wrong.");
    }

    private static void ThrowUnlessUntouchedAreRead(
        byte[] bytes, IReadOnlyList<byte[]> original, List<(long Offset, int Length)> records)
    {
        int at = 0;
        for (int i = 0; i < original.Count && bytes.AsSpan(at).StartsWith(original[i]); i++)
        {
            if (i >= records.Count || records[i] != (at, original[i].Length - 16))
                throw new InvariantException($"Record {i} at {at} is untouched but was not read.");
            at += original[i].Length;
        }
    }

    private static List<LoggedEvent> Events(string path, List<CorruptRecord> errors)
    {
        List<LoggedEvent> events = [.. RunLog.ReadEvents(path, new RunLogOptions { OnCorruptRecord = errors.Add })];
        foreach (LoggedEvent logged in events)
        {
            _ = logged.FileVersion;
            _ = logged.IsSessionStart;
            foreach (LoggedValue value in logged.Values)
                Look(value.Value);
        }

        return events;
    }

    private static RunLog? Run(string path, int events)
    {
        RunLog run;
        try
        {
            run = RunLog.Open(path, new RunLogOptions { ApplyRestarts = false });
        }
        catch (InvalidDataException) when (events == 0)
        {
            // Not an event file, as documented.
            return null;
        }

        if (run.Files[0].EventCount != events)
            throw new InvariantException($"{run.Files[0].EventCount} events in the run, {events} one by one.");

        foreach (LoggedGraph graph in run.Graphs)
            LookAtNodes(graph);
        RunLog resumed = RunLog.Open(path);
        foreach (Mesh mesh in resumed.Meshes.Values.SelectMany(series => series.Values.ToArray()))
            _ = mesh.ToString();
        return run;
    }

    private static void LookAtNodes(LoggedGraph graph)
    {
        try
        {
            foreach (GraphNode node in graph.ReadNodes())
                _ = node.ToString();
        }
        catch (InvalidDataException)
        {
            // As documented.
        }
    }

    // Like a caller does, unless a few bytes claim to be millions of elements.
    private static void Look(object? value)
    {
        if (value is TensorValue { ElementCount: <= ReadValues.MostElements } tensor)
        {
            if (tensor.Type == TensorType.String)
                tensor.ToStrings();
            else if (tensor.IsNumeric)
                tensor.ToDoubles();
        }

        _ = value?.ToString();
    }
}
