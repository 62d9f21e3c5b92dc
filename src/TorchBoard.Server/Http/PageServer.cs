using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TorchBoard.Server.Http;

/// <summary>Serves the page: its files, and the answers to its requests.</summary>
internal sealed class PageServer
{
    private const int LeastCompressed = 4096;

    private readonly ServedRuns _served;
    private readonly RequestGuard _guard;
    private readonly EventStream _events;
    private readonly Action<string> _warn;

    public PageServer(ServedRuns served, RunServerOptions options)
    {
        _served = served;
        _warn = options.Warn;
        Token = options.Token
            ?? (IPAddress.IsLoopback(options.Host) ? null : RandomNumberGenerator.GetHexString(32, lowercase: true));
        _guard = new RequestGuard(options, Token);
        _events = new EventStream(served);
    }

    /// <summary>The secret that requests need; null if everyone may read.</summary>
    public string? Token { get; }

    /// <summary>Builds a server of a port.</summary>
    public WebApplication Build(RunServerOptions options, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 1024;
            kestrel.Limits.MaxRequestBodySize = 0;
            // A tag may be long, and each of its bytes takes three characters in a query.
            kestrel.Limits.MaxRequestLineSize = 128 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Listen(options.Host, port, listener => listener.Protocols = HttpProtocols.Http1);
        });
        _ = Task.Run(PrepareFiles);
        WebApplication application = builder.Build();
        application.Run(AnswerAsync);
        return application;
    }

    /// <summary>Returns the address at which a browser finds the page.</summary>
    public Uri UrlAt(IPEndPoint endPoint)
    {
        bool isAny = endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any);
        var url = new UriBuilder(Uri.UriSchemeHttp, isAny ? Environment.MachineName : endPoint.Address.ToString(), endPoint.Port);
        if (Token is not null)
            url.Query = $"token={Uri.EscapeDataString(Token)}";
        return url.Uri;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        RequestGuard.SetHeaders(context);
        try
        {
            _guard.Check(context);
            if (_guard.TryTakeToken(context))
                return;
            if (!RequestGuard.IsApi(context))
                await SendFileAsync(context).ConfigureAwait(false);
            else
                await SendAnswerAsync(context).ConfigureAwait(false);
        }
        catch (ApiException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.Status;
            await SendAsync(context, ApiAnswer.Of(new Failure(e.Message), PageJson.Default.Failure)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            _warn($"{context.Request.Path} cannot be answered: {e}");
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await SendAsync(context, ApiAnswer.Of(new Failure($"The server failed: {e.Message}"), PageJson.Default.Failure))
                .ConfigureAwait(false);
        }
    }

    // The files that every browser requests first.
    private static void PrepareFiles()
    {
        PageDocument.System.Prepare();
        PageFile.Files["main.js"].Prepare();
    }

    private static async Task SendFileAsync(HttpContext context)
    {
        string name = context.Request.Path.Value!.TrimStart('/');
        PageFile? file = name is "" or "index.html" ? PageDocument.For(context.Request) : PageFile.Files.GetValueOrDefault(name);
        if (file is null)
            throw ApiRequest.NotFound("The page has no such file.");
        await file.SendAsync(context).ConfigureAwait(false);
    }

    private async Task SendAnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        context.Response.Headers.CacheControl = "no-store";
        if (request.Query["epoch"] is [{ } epoch, ..] && epoch != _served.Epoch)
        {
            throw new ApiException(
                StatusCodes.Status409Conflict, "The server has restarted, and its runs have other numbers.");
        }

        if (request.Path == "/api/events")
        {
            await _events.SendAsync(context).ConfigureAwait(false);
            return;
        }

        if (!Routes.Answers.TryGetValue(request.Path.Value!, out Func<ApiRequest, ApiAnswer>? answer))
            throw ApiRequest.NotFound($"There is nothing at {request.Path.Value}.");
        var query = request.Query.ToDictionary(
            argument => argument.Key, argument => argument.Value.ToString(), StringComparer.Ordinal);
        await SendAsync(context, answer(new ApiRequest(_served, query))).ConfigureAwait(false);
    }

    private static async Task SendAsync(HttpContext context, ApiAnswer answer)
    {
        HttpResponse response = context.Response;
        response.ContentType = answer.ContentType;
        ReadOnlyMemory<byte> bytes = answer.Bytes;

        // On the same machine, reading points takes less time than compressing them.
        if (answer.ContentType == ApiAnswer.Json || (answer.ContentType == ScalarBytes.ContentType && !IsLocal(context)))
        {
            response.Headers.Vary = "Accept-Encoding";
            if (bytes.Length >= LeastCompressed && PageFile.Accepts(context, "gzip"))
            {
                bytes = Compress(bytes);
                response.Headers.ContentEncoding = "gzip";
            }
        }

        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes.Span);
        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }

    /// <summary>The reason why there is no answer.</summary>
    internal sealed record Failure(string Error);
}
