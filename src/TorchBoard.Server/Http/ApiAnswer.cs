using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace TorchBoard.Server.Http;

/// <summary>An answer to a request of the page.</summary>
/// <param name="ContentType">The type of the bytes.</param>
/// <param name="Bytes">The content.</param>
internal sealed record ApiAnswer(string ContentType, ReadOnlyMemory<byte> Bytes)
{
    public const string Json = "application/json; charset=utf-8";

    /// <summary>The longest answer.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>Returns an answer in JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type's entry in a generated context, such as <c>PageJson.Default.RunList</c>.</param>
    /// <exception cref="ApiException">It is longer than an answer may be.</exception>
    public static ApiAnswer Of<T>(T value, JsonTypeInfo<T> type)
    {
        using var stream = new BoundedStream();
        JsonSerializer.Serialize(stream, value, type);
        return new ApiAnswer(Json, stream.GetBuffer().AsMemory(0, (int)stream.Length));
    }

    public static ApiException TooLong() => new(
        StatusCodes.Status413PayloadTooLarge, "The answer is longer than 64 MiB. Select fewer runs, or fewer points.");

    private sealed class BoundedStream : MemoryStream
    {
        // Spans are written by this method, too.
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > MostBytes)
                throw TooLong();
            base.Write(buffer, offset, count);
        }
    }
}
