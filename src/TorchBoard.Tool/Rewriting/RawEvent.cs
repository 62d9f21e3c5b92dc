using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tool.Rewriting;

/// <summary>Events as they stand in a file.</summary>
internal static class RawEvent
{
    /// <summary>The whole message; what this library does not know stays in it.</summary>
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

    /// <summary>The event that every file begins with, of the same time as the one that is to follow.</summary>
    public static byte[] FileVersionAt(LoggedEvent next)
    {
        double wallTime = TryParse(next, out Event? parsed) ? parsed.WallTime : 0;
        return new Event { WallTime = wallTime, FileVersion = FileVersion.Text }.ToByteArray();
    }
}
