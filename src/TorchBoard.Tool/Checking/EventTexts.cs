using System.Text;
using System.Text.Unicode;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tool.Checking;

/// <summary>
/// Finds texts that are not valid UTF-8. TensorBoard's readers reject the whole event, while this library reads it.
/// </summary>
internal static class EventTexts
{
    private static readonly Message Metadata = new()
    {
        Texts =
        {
            [SummaryMetadata.DisplayNameFieldNumber] = "display name",
            [SummaryMetadata.SummaryDescriptionFieldNumber] = "description",
        },
        Messages =
        {
            [SummaryMetadata.PluginDataFieldNumber] = new()
            {
                Texts = { [SummaryMetadata.Types.PluginData.PluginNameFieldNumber] = "plugin's name" },
            },
        },
    };

    private static readonly Message Value = new()
    {
        Texts = { [Summary.Types.Value.TagFieldNumber] = "tag" },
        Messages =
        {
            [Summary.Types.Value.MetadataFieldNumber] = Metadata,
            [Summary.Types.Value.AudioFieldNumber] = new()
            {
                Texts = { [Summary.Types.Audio.ContentTypeFieldNumber] = "clip's content type" },
            },
            [Summary.Types.Value.TensorFieldNumber] = new()
            {
                Messages =
                {
                    [TensorProto.TensorShapeFieldNumber] = new()
                    {
                        Messages =
                        {
                            [TensorShapeProto.DimFieldNumber] = new()
                            {
                                Texts = { [TensorShapeProto.Types.Dim.NameFieldNumber] = "dimension's name" },
                            },
                        },
                    },
                },
            },
        },
    };

    private static readonly Message Root = new()
    {
        Texts = { [Event.FileVersionFieldNumber] = "file version" },
        Messages =
        {
            [Event.SummaryFieldNumber] = new() { Messages = { [Summary.ValueFieldNumber] = Value } },
            [Event.SourceMetadataFieldNumber] = new()
            {
                Texts = { [SourceMetadata.WriterFieldNumber] = "writer's name" },
            },
            [Event.SessionLogFieldNumber] = new()
            {
                Texts =
                {
                    [SessionLog.CheckpointPathFieldNumber] = "checkpoint's path",
                    [SessionLog.MsgFieldNumber] = "session's message",
                },
            },
            [Event.TaggedRunMetadataFieldNumber] = new()
            {
                Texts = { [TaggedRunMetadata.TagFieldNumber] = "tag of execution statistics" },
            },
        },
    };

    /// <summary>Returns the first text of an event that is not valid UTF-8, in words; null if there is none.</summary>
    /// <param name="payload">The serialized event.</param>
    /// <param name="tag">The tag of the value with the text; null if it belongs to no value.</param>
    public static string? FirstInvalid(ReadOnlySpan<byte> payload, out string? tag)
    {
        tag = null;
        return Utf8.IsValid(payload) ? null : FirstInvalid(Root, payload, ref tag);
    }

    private static string? FirstInvalid(Message message, ReadOnlySpan<byte> bytes, ref string? tag)
    {
        if (message == Value)
            tag = TagOf(bytes);
        var wire = new WireReader(bytes);
        while (wire.Next(out uint key))
        {
            if (WireKey.Encoding(key) != WireKey.LengthDelimited)
            {
                wire.Skip(key);
                continue;
            }

            int field = (int)WireKey.Field(key);
            ReadOnlySpan<byte> content = wire.Bytes();
            if (message.Texts.TryGetValue(field, out string? text) && !Utf8.IsValid(content))
                return text;
            if (message.Messages.TryGetValue(field, out Message? inner)
                && FirstInvalid(inner, content, ref tag) is { } found)
            {
                return found;
            }
        }

        tag = null;
        return null;
    }

    private static string? TagOf(ReadOnlySpan<byte> value)
    {
        var wire = new WireReader(value);
        while (wire.Next(out uint key))
        {
            if (key == WireKey.ValueTag)
                return Encoding.UTF8.GetString(wire.Bytes());
            wire.Skip(key);
        }

        return null;
    }

    /// <summary>The fields of a message that are texts or contain texts.</summary>
    private sealed class Message
    {
        public Dictionary<int, string> Texts { get; } = [];

        public Dictionary<int, Message> Messages { get; } = [];
    }
}
