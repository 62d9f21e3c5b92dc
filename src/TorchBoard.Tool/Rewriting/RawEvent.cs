using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
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

    /// <summary>The event that every file begins with.</summary>
    public static byte[] FileVersion(double wallTime) =>
        new Event { WallTime = wallTime, FileVersion = Events.FileVersion.Text }.ToByteArray();
}
