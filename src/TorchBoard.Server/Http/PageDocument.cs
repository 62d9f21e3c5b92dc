using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TorchBoard.Server.Http;

/// <summary>
/// The document of the page, <c>index.html</c>. It contains its style sheet and the theme of the cookie, so that a browser
/// paints before it requests anything else.
/// </summary>
internal static class PageDocument
{
    private const string Name = "index.html";
    private const string Link = "<link rel=\"stylesheet\" href=\"style.css\">";
    private const string Root = "<html lang=\"en\">";

    // As theme.js writes it.
    private const string Cookie = "torchboard-theme";

    // A browser normalizes the ends of lines before it computes the hash.
    private static readonly string Style = PageFile.Sources["style.css"].Text.ReplaceLineEndings("\n");
    private static readonly PageFile Light = With(" data-theme=\"light\"");
    private static readonly PageFile Dark = With(" data-theme=\"dark\"");

    /// <summary>The document for a browser in which no theme was chosen.</summary>
    public static PageFile System { get; } = With("");

    /// <summary>The source expression for the style sheet in a content security policy.</summary>
    public static string StyleHash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    /// <summary>The document for a browser.</summary>
    public static PageFile For(HttpRequest request) => request.Cookies[Cookie] switch
    {
        "light" => Light,
        "dark" => Dark,
        _ => System,
    };

    private static PageFile With(string theme) => PageFile.Of(
        Name,
        PageFile.Sources[Name].Text.ReplaceLineEndings("\n")
            .Replace(Root, Root.Insert(Root.Length - 1, theme), StringComparison.Ordinal)
            .Replace(Link, $"<style>{Style}</style>", StringComparison.Ordinal));
}
