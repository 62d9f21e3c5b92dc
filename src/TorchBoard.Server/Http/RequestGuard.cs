using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TorchBoard.Server.Http;

/// <summary>
/// Refuses requests that are not from the page or its user: those of other sites in the same browser, also by names that
/// resolve to this machine (DNS rebinding), and, if there is a token, those without it.
/// </summary>
internal sealed class RequestGuard(RunServerOptions options, string? token)
{
    private static readonly string PagePolicy =
        $"default-src 'none'; script-src 'self'; style-src 'self' {PageDocument.StyleHash}; img-src 'self' blob: data:; media-src 'self' blob:; "
        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // An answer of the API is not a document, even if someone opens it as one.
    private const string ApiPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

    private readonly byte[]? _tokenHash = token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static void SetHeaders(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = IsApi(context) ? ApiPolicy : PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    public static bool IsApi(HttpContext context) =>
        context.Request.Path.Value!.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>Refuses a request unless it is from the page or its user.</summary>
    /// <exception cref="ApiException">The request is refused, for the reason in the message.</exception>
    public void Check(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            throw new ApiException(StatusCodes.Status405MethodNotAllowed, "The runs can only be read: GET and HEAD.");
        }

        if (!IsAllowed(request.Host.Host))
        {
            throw new ApiException(
                StatusCodes.Status403Forbidden,
                $"This server does not know itself as '{request.Host.Host}'. Open it as 127.0.0.1, or allow the name: "
                + "--allow-host, or RunServerOptions.AllowedHosts.");
        }

        string? origin = request.Headers.Origin;
        if (origin is not null && !IsOriginOf(origin, request.Host))
            throw new ApiException(StatusCodes.Status403Forbidden, "Pages of other sites cannot read the runs.");

        // A link on another site may open the page, as a document of its own.
        string? site = request.Headers["Sec-Fetch-Site"];
        bool isOpened = !IsApi(context) && request.Headers["Sec-Fetch-Mode"] == "navigate"
            && request.Headers["Sec-Fetch-Dest"] == "document";
        if (site is not (null or "same-origin" or "none") && !isOpened)
            throw new ApiException(StatusCodes.Status403Forbidden, "Pages of other sites cannot read the runs.");
        if (IsApi(context) && !HasToken(request))
        {
            throw new ApiException(
                StatusCodes.Status401Unauthorized,
                "The runs are protected by a token. Open the address that was printed when the server started, which ends "
                + "with ?token=….");
        }
    }

    /// <summary>Moves the token from the address of the page, which people copy, to a cookie.</summary>
    /// <returns>Whether the request is answered.</returns>
    public bool TryTakeToken(HttpContext context)
    {
        if (_tokenHash is null || context.Request.Path != "/" || !IsToken(context.Request.Query["token"]))
            return false;
        context.Response.Cookies.Append(
            CookieOf(context.Request), Convert.ToHexStringLower(_tokenHash),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/" });
        context.Response.Redirect("./");
        return true;
    }

    private bool HasToken(HttpRequest request)
    {
        if (_tokenHash is null || IsToken(request.Query["token"]))
            return true;
        return request.Cookies.TryGetValue(CookieOf(request), out string? cookie) && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(cookie), Encoding.UTF8.GetBytes(Convert.ToHexStringLower(_tokenHash)));
    }

    private bool IsToken(string? text) => text is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), _tokenHash);

    // Browsers send cookies to all ports of a host.
    private static string CookieOf(HttpRequest request) =>
        FormattableString.Invariant($"torchboard-{request.Host.Port ?? 80}");

    private static bool IsOriginOf(string origin, HostString host) =>
        origin.Equals($"http://{host.Value}", StringComparison.OrdinalIgnoreCase)
        || origin.Equals($"https://{host.Value}", StringComparison.OrdinalIgnoreCase);

    // The name of another site may resolve to this machine, but no other site is at an address of this machine.
    private bool IsAllowed(string host)
    {
        bool isLocal = IPAddress.IsLoopback(options.Host);
        if (IPAddress.TryParse(host, out IPAddress? address))
            return IPAddress.IsLoopback(address) || !isLocal || IsNamed(host);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (!isLocal && host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase))
            || IsNamed(host);
    }

    private bool IsNamed(string host) => options.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
