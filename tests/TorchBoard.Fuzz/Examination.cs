using System.Buffers.Binary;
using TorchBoard.Graphs;
using TorchBoard.Records;

namespace TorchBoard.Fuzz;

/// <summary>Reads a damaged file in every way there is; throws where a promise is broken.</summary>
internal static class Examination
{
    // Buffers, tables and what a value of the corpus takes, and a multiple of the file for what is kept of it.
    private const long AllocatedAtMost = 32 << 20;
    private const long AllocatedPerByte = 400;

    /// <summary>The most elements of a tensor that are asked for: more are only claimed.</summary>
    private const int ElementsAtMost = 1 << 16;

    public static void Of(string path, byte[] bytes, IReadOnlyList<byte[]> original)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        List<(long Offset, int Length)> records = Records(path, RecordReader.DefaultBufferSize);
        foreach ((long offset, int length) in records)
            ThrowUnlessWhole(bytes, offset, length);
        ThrowUnlessUntouchedAreRead(bytes, original, records);
        if (!Records(path, bufferSize: 64).SequenceEqual(records))
            throw new InvariantException("What is read depends on the size of the buffer.");

        int events = Events(path);
        Run(path, events);

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > AllocatedAtMost + (AllocatedPerByte * bytes.Length))
            throw new InvariantException($"{allocated} bytes were allocated for a file of {bytes.Length}.");
    }

    private static List<(long Offset, int Length)> Records(string path, int bufferSize)
    {
        var records = new List<(long Offset, int Length)>();
        using var reader = new RecordReader(path, bufferSize: bufferSize);
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

    private static int Events(string path)
    {
        int events = 0;
        foreach (LoggedEvent logged in RunLog.ReadEvents(path))
        {
            events++;
            _ = logged.FileVersion;
            _ = logged.GraphDef.Length;
            _ = logged.IsSessionStart;
            foreach (LoggedValue value in logged.Values)
                Look(value.Value);
        }

        return events;
    }

    private static void Run(string path, int events)
    {
        RunLog run;
        try
        {
            run = RunLog.Open(path, new RunLogOptions { ApplyRestarts = events % 2 == 0 });
        }
        catch (InvalidDataException) when (events == 0)
        {
            // No event file at all, as documented.
            return;
        }

        if (run.Files[0].EventCount != events)
            throw new InvariantException($"{run.Files[0].EventCount} events in the run, {events} one by one.");
        foreach (ScalarSeries series in run.Scalars.Values)
            _ = series.Values.Length;
        foreach (object? value in run.Histograms.Values.SelectMany(s => s.Values.ToArray())
            .Concat<object?>(run.Images.Values.SelectMany(s => s.Values.ToArray()))
            .Concat(run.Audio.Values.SelectMany(s => s.Values.ToArray()))
            .Concat(run.Text.Values.SelectMany(s => s.Values.ToArray()))
            .Concat(run.PrCurves.Values.SelectMany(s => s.Values.ToArray()))
            .Concat(run.Tensors.Values.SelectMany(s => s.Values.ToArray())))
        {
            Look(value);
        }

        foreach (Mesh mesh in run.Meshes.Values.SelectMany(s => s.Values.ToArray()))
            Look(mesh.Vertices);
        foreach (LoggedGraph graph in run.Graphs)
            LookAtNodes(graph);
        _ = run.Hyperparameters?.ToString();
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

    private static void Look(object? value)
    {
        if (value is TensorValue { ElementCount: <= ElementsAtMost } tensor)
        {
            if (tensor.Type == TensorType.String)
                tensor.ToStrings();
            else if (tensor.IsNumeric)
                tensor.ToDoubles();
        }

        _ = value?.ToString();
    }
}
