using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TorchBoard.Server.Http;

/// <summary>A file of the page. It is compressed once, when it is first requested.</summary>
internal sealed class PageFile
{
    private const string Prefix = "Page/";

    private static readonly Lazy<Dictionary<string, PageFile>> AllSources = new(LoadAll);
    private static readonly Lazy<Dictionary<string, PageFile>> All = new(BundleAll);

    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    private PageFile(string name, byte[] content)
    {
        Name = name;
        Content = content;
        ContentType = TypeOf(name);
        Tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"";
        _brotli = new Lazy<byte[]>(() => Compress(stream => new BrotliStream(stream, CompressionLevel.Optimal)));
        _gzip = new Lazy<byte[]>(() => Compress(stream => new GZipStream(stream, CompressionLevel.Optimal)));
    }

    /// <summary>The path below the page's directory, with slashes.</summary>
    public string Name { get; }

    public byte[] Content { get; }

    public string ContentType { get; }

    /// <summary>The entity tag.</summary>
    public string Tag { get; }

    /// <summary>The files of the page by name, as they are written: resources of this assembly.</summary>
    public static IReadOnlyDictionary<string, PageFile> Sources => AllSources.Value;

    /// <summary>The files of the page by name, as a browser gets them: <c>main.js</c> has all modules that it imports, <c>later.js</c> the others.</summary>
    public static IReadOnlyDictionary<string, PageFile> Files => All.Value;

    /// <summary>The content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>A file with a text.</summary>
    public static PageFile Of(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Compresses the file before a browser requests it.</summary>
    public void Prepare() => _ = _brotli.Value;

    /// <summary>Sends the file, or a reply that it has not changed.</summary>
    public async Task SendAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.ETag = Tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.Contains(Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        byte[] content = Content;
        if (Accepts(context, "br"))
            (content, response.Headers.ContentEncoding) = (_brotli.Value, "br");
        else if (Accepts(context, "gzip"))
            (content, response.Headers.ContentEncoding) = (_gzip.Value, "gzip");
        response.ContentType = ContentType;
        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Whether a client accepts a coding.</summary>
    public static bool Accepts(HttpContext context, string coding)
    {
        foreach (string? line in context.Request.Headers.AcceptEncoding)
        {
            foreach (string part in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                bool isNamed = part == coding || part.StartsWith($"{coding};", StringComparison.Ordinal);
                if (isNamed && !part.EndsWith("q=0", StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };

    private static Dictionary<string, PageFile> LoadAll()
    {
        Assembly assembly = typeof(PageFile).Assembly;
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            // On Windows, the build names folders with backslashes.
            string path = resource.Replace('\\', '/');
            if (!path.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            string name = path[Prefix.Length..];
            files.Add(name, new PageFile(name, content));
        }

        return files;
    }

    // Requesting each of forty modules takes a browser longer than running them.
    private static Dictionary<string, PageFile> BundleAll()
    {
        const string First = "main.js", Later = "later.js";
        (string first, string later) = ModuleBundle.Split(First, Later, name => Sources.GetValueOrDefault(name)?.Text);
        return new Dictionary<string, PageFile>(Sources, StringComparer.Ordinal)
        {
            [First] = Of(First, first),
            [Later] = Of(Later, later),
        };
    }

    private byte[] Compress(Func<Stream, Stream> compression)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = compression(compressed))
            stream.Write(Content);
        return compressed.ToArray();
    }
}
