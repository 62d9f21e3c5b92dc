using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TorchBoard.Stores.Tests.Servers;

/// <summary>A TCP proxy between a storage and its server that counts requests and answers some of them wrongly.</summary>
internal sealed class FaultyProxy : IDisposable
{
    private const int SlowPieces = 50;

    private readonly int _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<ProxiedRequest> _requests = new();

    public FaultyProxy(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What happens to each request; nothing by default.</summary>
    public Func<ProxiedRequest, Fault> FaultOf { get; set; } = _ => Fault.None;

    public IReadOnlyList<ProxiedRequest> Requests => [.. _requests];

    public void Forget() => _requests.Clear();

    /// <summary>A fault for the first requests, and none afterwards.</summary>
    public static Func<ProxiedRequest, Fault> Only(int times, Fault fault)
    {
        int count = 0;
        return _ => Interlocked.Increment(ref count) <= times ? fault : Fault.None;
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using TcpClient client = accepted;
        try
        {
            using NetworkStream near = client.GetStream();
            while (await HttpMessage.ReadAsync(near, isAnswerTo: null, near, _end.Token) is { } request)
            {
                if (!await AnswerAsync(request, near))
                    return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client or the server is gone, which tests want.
        }
    }

    // Returns whether the connection stays open.
    private async Task<bool> AnswerAsync(HttpMessage request, NetworkStream near)
    {
        var seen = new ProxiedRequest(request.Method, request.Target, request.Content.Length);
        _requests.Enqueue(seen);
        Fault fault = FaultOf(seen);
        switch (fault)
        {
            case Fault.Refused:
                return false;
            case Fault.ServerError:
                return await SendAsync(near, 500, "InternalError", "");
            case Fault.Busy:
                return await SendAsync(near, 503, "SlowDown", "");
            case Fault.Expired:
                // Azure has no code for it.
                bool isAzure = seen.Target.StartsWith("/devstoreaccount1", StringComparison.Ordinal);
                return await SendAsync(near, 403, isAzure ? "AuthenticationFailed" : "ExpiredToken", "");
            case Fault.ClockOfAnHourLater:
                string later = DateTimeOffset.UnixEpoch.AddMilliseconds(Environment.TickCount64).ToString("R");
                return await SendAsync(near, 403, "AuthenticationFailed", $"Date: {later}\r\n");
            case Fault.Stalled:
                await Task.Delay(Timeout.InfiniteTimeSpan, _end.Token);
                return false;
        }

        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
        using NetworkStream server = far.GetStream();
        await request.WriteAsync(server, _end.Token);
        if (await HttpMessage.ReadAsync(server, isAnswerTo: request.Method, null, _end.Token) is not { } answer
            || fault == Fault.LostAnswer)
        {
            return false;
        }

        seen.Received = answer.Content.Length;
        byte[] bytes = answer.ToBytes();
        int half = answer.Content.Length > 0 ? bytes.Length - ((answer.Content.Length + 1) / 2) : bytes.Length / 2;
        if (fault == Fault.HalfAnswer)
        {
            await near.WriteAsync(bytes.AsMemory(0, half), _end.Token);
            return false;
        }

        int piece = fault == Fault.Slow ? Math.Max(1, bytes.Length / SlowPieces) : bytes.Length;
        for (int sent = 0; sent < bytes.Length; sent += piece)
        {
            await near.WriteAsync(bytes.AsMemory(sent, Math.Min(piece, bytes.Length - sent)), _end.Token);
            if (fault == Fault.Slow)
                await Task.Delay(1, _end.Token);
        }

        return true;
    }

    private async Task<bool> SendAsync(NetworkStream near, int status, string code, string headers)
    {
        string body = $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>As the test wants.</Message></Error>";
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} X\r\nContent-Type: application/xml\r\nx-ms-error-code: {code}\r\n{headers}"
            + $"Content-Length: {body.Length}\r\n\r\n");
        await near.WriteAsync(Encoding.ASCII.GetBytes(head + body), _end.Token);
        return true;
    }
}
