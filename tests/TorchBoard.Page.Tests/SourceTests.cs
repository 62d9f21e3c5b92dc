using System.Text.RegularExpressions;

namespace TorchBoard.Page.Tests;

/// <summary>What the page's code must not have. No browser is needed.</summary>
internal sealed partial class SourceTests
{
    private static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "TorchBoard.Server", "Page"), "*.*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("vendor", StringComparison.Ordinal));

    [Test]
    public void Nothing_of_a_run_can_become_HTML_or_code() =>
        Assert.That(Files.Where(file => file.EndsWith(".js", StringComparison.Ordinal) && Dangerous().IsMatch(File.ReadAllText(file))), Is.Empty);

    [Test]
    public void HTML_has_no_script_style_or_handler_within_and_names_no_other_server() =>
        Assert.That(Files.Where(file => file.EndsWith(".html", StringComparison.Ordinal) && Inline().IsMatch(File.ReadAllText(file))), Is.Empty);

    [Test]
    public void Modules_import_each_other_without_circles()
    {
        var imports = Files.Where(file => file.EndsWith(".js", StringComparison.Ordinal)).ToDictionary(file => file, file => Import().Matches(File.ReadAllText(file))
            .Select(match => Path.GetFullPath(match.Groups["path"].Value, Path.GetDirectoryName(file)!)).ToArray());
        var done = new HashSet<string>();

        foreach (string file in imports.Keys)
            Visit(file, []);

        void Visit(string file, string[] way)
        {
            Assert.That(way, Has.No.Member(file), string.Join(" → ", [.. way, file]));
            if (done.Contains(file) || !imports.TryGetValue(file, out string[]? next))
                return;
            foreach (string one in next)
                Visit(one, [.. way, file]);
            done.Add(file);
        }
    }

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment|setHTMLUnsafe|srcdoc")]
    private static partial Regex Dangerous();

    [GeneratedRegex("<script(?![^>]*\\bsrc=)|<style|\\bstyle=|\\bon[a-z]+=|(src|href)=\"(https?:)?//")]
    private static partial Regex Inline();

    [GeneratedRegex(@"^import .* from '(?<path>[^']+)'", RegexOptions.Multiline)]
    private static partial Regex Import();
}
