using Google.Protobuf;
using TorchBoard.Events;

namespace TorchBoard.Tool.Checking;

/// <summary>Parses messages that may be malformed.</summary>
internal static class Messages
{
    /// <summary>
    /// Returns null if the message is malformed. The fields of the key, which may be many, are checked elsewhere.
    /// </summary>
    public static T? TryParse<T>(MessageParser<T> parser, ReadOnlySpan<byte> message, uint without = 0)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(without == 0 ? message : WireFields.Without(without, message, out _));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            return null;
        }
    }
}
