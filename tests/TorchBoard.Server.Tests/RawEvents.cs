using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using TorchBoard.Protos;

namespace TorchBoard.Server.Tests;

/// <summary>Event files with events of any kind, framed independently of the library.</summary>
internal static class RawEvents
{
    public static void Write(string directory, params Event[] events)
    {
        Directory.CreateDirectory(directory);
        using FileStream file = File.Create(Path.Combine(directory, "events.out.tfevents.0000000001.host.1.0"));
        foreach (Event one in events)
            file.Write(Record(one.ToByteArray()));
    }

    public static Event Scalar(long step, double wallTime, string tag, float value) => new()
    {
        Step = step,
        WallTime = wallTime,
        Summary = new Summary { Value = { new Summary.Types.Value { Tag = tag, SimpleValue = value } } },
    };

    public static Event Value(long step, Summary.Types.Value value) =>
        new() { Step = step, WallTime = 100 + step, Summary = new Summary { Value = { value } } };

    public static Event Value(long step, string tag, TensorProto tensor, string plugin, DataClass dataClass) => Value(
        step,
        new Summary.Types.Value
        {
            Tag = tag,
            Tensor = tensor,
            Metadata = new SummaryMetadata
            {
                PluginData = new SummaryMetadata.Types.PluginData { PluginName = plugin },
                DataClass = dataClass,
            },
        });

    public static TensorShapeProto Shape(params long[] sizes) =>
        new() { Dim = { sizes.Select(size => new TensorShapeProto.Types.Dim { Size = size }) } };

    private static byte[] Record(byte[] payload)
    {
        byte[] record = new byte[payload.Length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(record, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Masked(record.AsSpan(0, 8)));
        payload.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + payload.Length), Masked(payload));
        return record;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
