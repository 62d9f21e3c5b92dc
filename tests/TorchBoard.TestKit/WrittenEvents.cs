using System.Buffers.Binary;
using TorchBoard.Protos;

namespace TorchBoard.TestKit;

/// <summary>Reads event files independently of the library, with its own framing and its own CRC-32C.</summary>
internal static class WrittenEvents
{
    /// <summary>All events of a run directory, file by file.</summary>
    public static List<Event> InRun(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*tfevents*").Order(StringComparer.Ordinal).SelectMany(InFile)];

    public static List<Event> InFile(string path) =>
        [.. Records(File.ReadAllBytes(path)).Select(Event.Parser.ParseFrom)];

    /// <summary>The one value of a tag at a run's only step.</summary>
    public static Summary.Types.Value Single(string directory, string tag) => Values(directory, tag).Single();

    public static IEnumerable<Summary.Types.Value> Values(string directory, string tag) =>
        InRun(directory).Where(e => e.Summary is not null).SelectMany(e => e.Summary.Value).Where(v => v.Tag == tag);

    public static IEnumerable<(long Step, float Value)> Scalars(string directory, string tag) =>
        from e in InRun(directory)
        where e.Summary is not null
        from value in e.Summary.Value
        where value.Tag == tag
        select (e.Step, value.SimpleValue);

    /// <summary>The payloads of the records. Fails at the first incomplete or incorrect record.</summary>
    public static List<byte[]> Records(byte[] file)
    {
        var payloads = new List<byte[]>();
        int at = 0;
        while (at < file.Length)
        {
            // No constraints here: millions of records are read, and each would cost a microsecond.
            if (file.Length - at < 16)
                Assert.Fail($"A torn record at {at}.");
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)) != Masked(file.AsSpan(at, 8)))
                Assert.Fail($"The checksum of the length is wrong at {at}.");
            if ((ulong)(file.Length - at - 16) < length)
                Assert.Fail($"A torn record at {at}.");
            byte[] payload = file[(at + 12)..(at + 12 + (int)length)];
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + (int)length)) != Masked(payload))
                Assert.Fail($"The checksum of the payload is wrong at {at}.");
            payloads.Add(payload);
            at += 16 + (int)length;
        }

        return payloads;
    }

    /// <summary>The payloads up to a torn record at the end, and the length of the torn record.</summary>
    public static List<byte[]> WholeRecords(byte[] file, out int torn)
    {
        int at = 0;
        while (file.Length - at >= 16)
        {
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            if (length > (ulong)(file.Length - at - 16))
                break;
            at += 16 + (int)length;
        }

        torn = file.Length - at;
        return Records(file[..at]);
    }

    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
            crc = (crc >> 8) ^ Table[(byte)(crc ^ b)];
        return ~crc;
    }

    public static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = Crc32C(data);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8);
    }

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i =>
    {
        uint remainder = (uint)i;
        for (int bit = 0; bit < 8; bit++)
            remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ 0x82F63B78 : remainder >> 1;
        return remainder;
    })];
}
