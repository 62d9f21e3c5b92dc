using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TorchBoard.Server.Http;

namespace TorchBoard.Server.Reporting;

/// <summary>The page as one document, which requests nothing, because it contains its scripts, styles and pictures.</summary>
internal static partial class ReportPage
{
    private static readonly Lazy<(string Before, string After)> Parts = new(Build);

    /// <summary>The document before the data, and after it.</summary>
    public static (string Before, string After) Document => Parts.Value;

    private static (string Before, string After) Build()
    {
        var hashes = new List<string>();
        string document = Text("index.html");
        string script = string.Concat(Scripts().Matches(document).Select(
            tag => ModuleBundle.Of(tag.Groups["name"].Value, name => PageFile.Sources.ContainsKey(name) ? Text(name) : null)));
        string page = Tags().Replace(document, tag => Embed(tag.Value, hashes));
        string policy =
            $"default-src 'none'; script-src {HashOf(script)}; style-src {string.Join(' ', hashes)}; img-src data: blob:; "
            + "media-src data: blob:; connect-src data: blob:; base-uri 'none'; form-action 'none'";
        page = page.Replace(
            "<meta charset=\"utf-8\">",
            $"<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">",
            StringComparison.Ordinal);
        int end = page.LastIndexOf("</body>", StringComparison.Ordinal);
        if (end < 0)
            end = page.Length;
        return (
            $"{page[..end]}<script type=\"application/json\" id=\"torchboard-data\">",
            $"</script>\n<script>{script}</script>\n{page[end..]}");
    }

    // A tag of a file: style sheets and pictures are put in its place, and scripts at the end.
    private static string Embed(string tag, List<string> hashes)
    {
        if (tag.StartsWith("<script", StringComparison.Ordinal) || tag.Contains("preload", StringComparison.Ordinal))
            return "";
        string name = Reference().Match(tag).Groups["name"].Value;
        if (!tag.Contains("stylesheet", StringComparison.Ordinal))
        {
            PageFile file = PageFile.Sources[name];
            string type = file.ContentType.Split(';')[0];
            return tag.Replace($"\"{name}\"", $"\"data:{type};base64,{Convert.ToBase64String(file.Content)}\"", StringComparison.Ordinal);
        }

        string style = Text(name);
        hashes.Add(HashOf(style));
        return $"<style>{style}</style>";
    }

    private static string HashOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    // Browsers normalize the ends of lines before they compute hashes.
    private static string Text(string name) =>
        PageFile.Sources[name].Text.ReplaceLineEndings("\n");

    [GeneratedRegex(@"<link\b[^>]*>|<script\b[^>]*></script>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"<script\b[^>]*src=""(?<name>[^""]*)""[^>]*></script>")]
    private static partial Regex Scripts();

    [GeneratedRegex(@"href=""(?<name>[^""]*)""")]
    private static partial Regex Reference();
}
