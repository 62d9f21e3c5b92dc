using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace TorchBoard.Server.Tests.Http;

/// <summary>An answer to a request that is sent byte by byte as it is, because clients normalize paths and headers.</summary>
internal sealed record RawAnswer(int Status, ILookup<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The sentence of an answer that refuses.</summary>
    public string Error => (string)Json["error"]!;

    public string? Header(string name) => Headers[name].SingleOrDefault();

    /// <summary>Gets a path from the page's server as its own page does, with other headers if they are passed.</summary>
    public static Task<RawAnswer> GetAsync(RunServer server, string path, params string[] headers) =>
        SendAsync(server, $"GET {path} HTTP/1.1", headers);

    public static async Task<RawAnswer> SendAsync(RunServer server, string line, params string[] headers)
    {
        bool namesHost = headers.Any(header => header.StartsWith("Host:", StringComparison.OrdinalIgnoreCase));
        string[] lines =
        [
            line, .. namesHost ? [] : (string[])[$"Host: 127.0.0.1:{server.PageUrl!.Port}"], "Connection: close", .. headers, "", "",
        ];
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.PageUrl!.Port);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)));
        using var received = new MemoryStream();
        await stream.CopyToAsync(received);
        return Parse(received.ToArray());
    }

    private static RawAnswer Parse(byte[] bytes)
    {
        int end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        string[] lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        return new RawAnswer(
            int.Parse(lines[0].Split(' ')[1]),
            lines.Skip(1).Select(line => line.Split(": ", 2))
                .ToLookup(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase),
            bytes[(end + 4)..]);
    }
}
