using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tool.Rewriting;

/// <summary>Events as they are in a file.</summary>
internal static class RawEvent
{
    /// <summary>Parses the whole message and keeps unknown fields.</summary>
    public static bool TryParse(LoggedEvent logged, [NotNullWhen(true)] out Event? parsed)
    {
        try
        {
            parsed = Event.Parser.ParseFrom(logged.Payload.Span);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            parsed = null;
            return false;
        }
    }

    /// <summary>The first event of every file, with the wall time of the event that follows.</summary>
    public static byte[] FileVersionAt(LoggedEvent next)
    {
        double wallTime = TryParse(next, out Event? parsed) ? parsed.WallTime : 0;
        return new Event { WallTime = wallTime, FileVersion = FileVersion.Text }.ToByteArray();
    }
}
