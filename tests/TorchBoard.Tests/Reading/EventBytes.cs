using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Reading;

/// <summary>Builds records of events, and files of them.</summary>
internal static class EventBytes
{
    public const string FileName = "events.out.tfevents.0000000001.host.1.0";

    public static byte[] Opening() => EventRecord.Opening(1.5);

    public static byte[] Scalar(string tag, long step, float value) =>
        Record(step, new Summary.Types.Value { Tag = tag, SimpleValue = value });

    public static byte[] Record(long step, params Summary.Types.Value[] values) => EventRecord.Encode(
        new Event { Step = step, WallTime = 100 + step, Summary = new Summary { Value = { values } } });

    public static byte[] SessionStart(long step) => EventRecord.Encode(
        new Event
        {
            Step = step,
            WallTime = 1,
            SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start }
        });

    /// <summary>Writes a file of a run and returns its path.</summary>
    public static string Write(string directory, IEnumerable<byte[]> records, string name = FileName)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, name);
        File.WriteAllBytes(path, [.. records.SelectMany(record => record)]);
        return path;
    }

    public static SummaryMetadata Plugin(string name, byte[]? content = null) => new()
    {
        PluginData = new SummaryMetadata.Types.PluginData
        {
            PluginName = name,
            Content = Google.Protobuf.ByteString.CopyFrom(content ?? []),
        },
    };

    /// <summary>Encodes a field whose value is bytes, text or a message.</summary>
    public static byte[] Field(int number, byte[] content)
    {
        var message = new MemoryStream();
        using (var output = new Google.Protobuf.CodedOutputStream(message, leaveOpen: true))
        {
            output.WriteTag(number, Google.Protobuf.WireFormat.WireType.LengthDelimited);
            output.WriteBytes(Google.Protobuf.ByteString.CopyFrom(content));
        }

        return message.ToArray();
    }
}
