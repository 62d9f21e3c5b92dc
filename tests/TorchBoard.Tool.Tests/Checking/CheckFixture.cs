using System.Buffers.Binary;
using System.Text;

namespace TorchBoard.Tool.Tests.Checking;

/// <summary>Writes event files byte by byte, as no writer of this library would, and checks them.</summary>
internal abstract class CheckFixture : RunsFixture
{
    /// <summary>Seconds since 1970, in 2026.</summary>
    protected const double Now = 1.79e9;

    protected static readonly byte[] Version = Event(0, Field(3, "brain.Event:2"));

    /// <summary>The findings about a run with these records after the file version.</summary>
    protected string[] Check(params byte[][] records) => CheckFile([Version, .. records]);

    /// <summary>The findings about a run with these records, each as "error: …" or "warning: …".</summary>
    protected string[] CheckFile(params byte[][] records)
    {
        Write("run", records);
        return CheckRuns();
    }

    protected void Write(string run, params byte[][] records)
    {
        Directory.CreateDirectory(Path.Combine(Runs, run));
        File.WriteAllBytes(
            Path.Combine(Runs, run, "events.out.tfevents.1790000000.host.1.0"), [.. records.SelectMany(record => record)]);
    }

    /// <summary>Checks all runs; the exit code is 1 if and only if there is an error.</summary>
    protected string[] CheckRuns()
    {
        ToolRun run = ToolRun.Of("check", Runs, "--json");
        string[] findings =
        [
            .. from file in run.Json.GetProperty("files").EnumerateArray()
               from finding in file.GetProperty("findings").EnumerateArray()
               select (finding.GetProperty("isError").GetBoolean() ? "error: " : "warning: ")
                   + finding.GetProperty("message").GetString(),
        ];
        Assert.That(
            run.ExitCode, Is.EqualTo(findings.Any(finding => finding.StartsWith("error", StringComparison.Ordinal)) ? 1 : 0));
        return findings;
    }

    protected static byte[] Event(long step, byte[] content, double wallTime = Now)
    {
        byte[] payload = [9, .. BitConverter.GetBytes(wallTime), 16, .. Varint((ulong)step), .. content];
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, payload.Length);
        return
        [
            .. length, .. BitConverter.GetBytes(WrittenEvents.Masked(length)), .. payload,
            .. BitConverter.GetBytes(WrittenEvents.Masked(payload)),
        ];
    }

    /// <summary>An event with one value of a tag.</summary>
    protected static byte[] Value(string tag, byte[] value, long step = 0) => Value(Encoding.UTF8.GetBytes(tag), value, step);

    protected static byte[] Value(byte[] tag, byte[] value, long step = 0) =>
        Event(step, Field(5, Field(1, [.. Field(1, tag), .. value])));

    protected static byte[] Scalar(float value) => [0x15, .. BitConverter.GetBytes(value)];

    protected static byte[] Metadata(string plugin, byte[]? content = null, byte dataClass = 0) => Field(
        9, [.. Field(1, [.. Field(1, plugin), .. content is null ? [] : Field(2, content)]), 0x20, dataClass]);

    /// <summary>A tensor of rank 1, or 0 if there is no length.</summary>
    protected static byte[] Tensor(byte type, int? length, byte[] values) =>
        Field(8, [8, type, .. Field(2, length is { } size ? Field(2, [8, (byte)size]) : []), .. values]);

    protected static byte[] Strings(params byte[][] strings) =>
        Tensor(7, strings.Length, [.. strings.SelectMany(text => Field(8, text))]);

    protected static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    protected static byte[] Field(int number, byte[] content) =>
        [.. Varint((ulong)(number << 3 | 2)), .. Varint((ulong)content.Length), .. content];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
            bytes.Add((byte)(value & 127 | 128));
        return [.. bytes, (byte)value];
    }
}
