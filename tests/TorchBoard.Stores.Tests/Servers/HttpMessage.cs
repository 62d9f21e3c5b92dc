using System.Globalization;
using System.Text;

namespace TorchBoard.Stores.Tests.Servers;

/// <summary>A request or an answer of HTTP 1.1 with its whole content.</summary>
internal sealed record HttpMessage(string Head, byte[] Content)
{
    private static readonly byte[] Continue = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");

    public string Method => Head.Split(' ')[0];

    public string Target => Head.Split(' ')[1];

    /// <summary>Reads a message; null where the connection ends.</summary>
    /// <param name="source">The connection.</param>
    /// <param name="isAnswerTo">The method of the request, if it is an answer.</param>
    /// <param name="toSender">Receives the leave to send the content, if the sender waits for it.</param>
    /// <param name="token">Cancels.</param>
    public static async Task<HttpMessage?> ReadAsync(
        Stream source, string? isAnswerTo, Stream? toSender, CancellationToken token)
    {
        string head;
        do
        {
            head = await ReadHeadAsync(source, token);
            if (head.Length == 0)
                return null;
        }
        while (isAnswerTo is not null && head.StartsWith("HTTP/1.1 100", StringComparison.Ordinal));

        if (toSender is not null && Header(head, "Expect") is not null)
        {
            await toSender.WriteAsync(Continue, token);
            head = Without(head, "Expect");
        }

        if (isAnswerTo == "HEAD" || (isAnswerTo is not null && head[9..12] is "204" or "304"))
            return new HttpMessage(head, []);
        if (Header(head, "Transfer-Encoding") is not null)
        {
            byte[] content = await ReadChunksAsync(source, token);
            head = Without(head, "Transfer-Encoding");
            head = head.Insert(head.Length - 2, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n"));
            return new HttpMessage(head, content);
        }

        byte[] whole = new byte[int.Parse(Header(head, "Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        await source.ReadExactlyAsync(whole, token);
        return new HttpMessage(head, whole);
    }

    public byte[] ToBytes() => [.. Encoding.Latin1.GetBytes(Head), .. Content];

    public Task WriteAsync(Stream destination, CancellationToken token) =>
        destination.WriteAsync(ToBytes(), token).AsTask();

    private static async Task<byte[]> ReadChunksAsync(Stream source, CancellationToken token)
    {
        using var content = new MemoryStream();
        while (true)
        {
            string line = await ReadLineAsync(source, token);
            byte[] chunk = new byte[int.Parse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)];
            await source.ReadExactlyAsync(chunk, token);
            await ReadLineAsync(source, token);
            if (chunk.Length == 0)
                return content.ToArray();
            content.Write(chunk);
        }
    }

    private static async Task<string> ReadHeadAsync(Stream source, CancellationToken token)
    {
        var head = new StringBuilder();
        string line;
        do
        {
            line = await ReadLineAsync(source, token);
            if (line.Length == 0 && head.Length == 0)
                return "";
            head.Append(line).Append("\r\n");
        }
        while (line.Length > 0);
        return head.ToString();
    }

    private static async Task<string> ReadLineAsync(Stream source, CancellationToken token)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await source.ReadAsync(one, token) > 0 && one[0] != '\n')
            line.Append((char)one[0]);
        return line.ToString().TrimEnd('\r');
    }

    private static string? Header(string head, string name) => head.Split("\r\n")
        .Where(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();

    private static string Without(string head, string name) => string.Join("\r\n", head.Split("\r\n")
        .Where(line => !line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase)));
}
