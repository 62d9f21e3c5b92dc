using System.Buffers;

namespace TorchBoard.Events;

/// <summary>
/// Removes the fields of a message that are read by hand. An empty string takes two bytes in a file, and many times as
/// many as an object of the generated classes.
/// </summary>
internal static class WireFields
{
    /// <summary>Returns a message without the fields of one key.</summary>
    /// <param name="key">The key of the fields to leave out.</param>
    /// <param name="message">The message.</param>
    /// <param name="count">The number of fields left out.</param>
    /// <exception cref="InvalidDataException">The message is malformed.</exception>
    public static ReadOnlySpan<byte> Without(uint key, ReadOnlySpan<byte> message, out int count)
    {
        var kept = new ArrayBufferWriter<byte>();
        var wire = new WireReader(message);
        count = 0;
        int start = 0;
        while (wire.Next(out uint next))
        {
            wire.Skip(next);
            if (next == key)
                count++;
            else
                kept.Write(message[start..wire.Position]);
            start = wire.Position;
        }

        return wire.Failed ? throw new InvalidDataException("the message is malformed") : kept.WrittenSpan;
    }
}
