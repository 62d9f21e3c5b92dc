using System.Text;
using System.Text.RegularExpressions;

namespace TorchBoard.Server.Reporting;

/// <summary>
/// Puts the modules of the page into one script, which needs no server. It knows the forms of import and export that the
/// page's modules have, and no others.
/// </summary>
internal static partial class ModuleBundle
{
    /// <summary>The function that returns a module; a name that no module has for anything.</summary>
    private const string Load = "$import";

    /// <summary>Returns a script that does what a module and the modules that it imports do.</summary>
    /// <param name="entry">The name of the module, such as <c>main.js</c>.</param>
    /// <param name="read">Returns the text of a module; null if there is none.</param>
    /// <exception cref="InvalidOperationException">A module is missing, or modules import one another in a circle.</exception>
    public static string Of(string entry, Func<string, string?> read)
    {
        var modules = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(entry, read, modules, []);
        var script = new StringBuilder(
            $"(() => {{\n'use strict';\nconst modules = {{}}, loaded = {{}};\nconst {Load} = name => loaded[name] ??= modules[name]();\n");
        foreach ((string name, string body) in modules)
            script.Append($"modules['{name}'] = () => {{\n").Append(body).Append("\n};\n");
        script.Append($"{Load}('{entry}');\n}})();\n");

        // Neither may occur in a script of HTML.
        return script.Replace("</script", "<\\/script").Replace("<!--", "<\\!--").ToString();
    }

    private static void Collect(
        string name, Func<string, string?> read, Dictionary<string, string> modules, HashSet<string> importing)
    {
        if (modules.ContainsKey(name))
            return;
        if (!importing.Add(name))
            throw new InvalidOperationException($"The module '{name}' of the page imports itself, in a circle.");
        string text = read(name) ?? throw new InvalidOperationException($"The page has no module '{name}'.");
        var now = new List<string>();
        var later = new List<string>();
        text = Import().Replace(text, import =>
        {
            string imported = Resolve(name, import.Groups["from"].Value);
            now.Add(imported);
            string names = import.Groups["names"] switch
            {
                { Success: true, Value: var some } => $"{{{As().Replace(some, ":")}}}",
                _ when import.Groups["all"] is { Success: true, Value: var all } => all,
                _ => $"{{ default: {import.Groups["one"].Value} }}",
            };
            return $"const {names} = {Load}('{imported}');";
        });
        text = LateImport().Replace(text, import =>
        {
            string imported = Resolve(name, import.Groups["from"].Value);
            later.Add(imported);
            return $"Promise.resolve().then(() => {Load}('{imported}'))";
        });
        var exports = new List<string>();
        text = Export().Replace(text, export =>
        {
            exports.Add($"get {export.Groups["name"].Value}() {{ return {export.Groups["name"].Value}; }}");
            return export.Groups["what"].Value;
        });
        text = ExportList().Replace(text, export =>
        {
            if (export.Groups["default"] is { Success: true, Value: var value })
                exports.Add($"default: {value}");
            else
                exports.AddRange(export.Groups["names"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Exported));
            return "";
        });
        if (Rest().Match(text) is { Success: true } rest)
        {
            throw new InvalidOperationException(
                $"The module '{name}' of the page has a form of import or export that reports do not know: {rest.Value}");
        }

        foreach (string imported in now)
            Collect(imported, read, modules, importing);
        modules[name] = $"{text}\nreturn {{ {string.Join(", ", exports)} }};";
        importing.Remove(name);

        // What is loaded later may import what is being loaded.
        foreach (string imported in later)
            Collect(imported, read, modules, []);
    }

    private static string Exported(string text) =>
        text.Split(" as ", StringSplitOptions.TrimEntries) is [var from, var to] ? $"{to}: {from}" : text.Trim();

    private static string Resolve(string module, string path)
    {
        string[] folder = module.Split('/')[..^1];
        var parts = new List<string>(folder);
        foreach (string part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }

    [GeneratedRegex(
        @"^import\s*(?:\{(?<names>[^}]*)\}|\*\s*as\s+(?<all>[\w$]+)|(?<one>[\w$]+))\s*from\s*['""](?<from>\.[^'""]*)['""];?",
        RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"\s+as\s+")]
    private static partial Regex As();

    [GeneratedRegex(@"\bimport\(\s*'(?<from>\.[^']*)'\s*\)")]
    private static partial Regex LateImport();

    [GeneratedRegex(
        @"^export\s+(?<what>(?:const|let|class|function\*?|async\s+function\*?)\s*(?<name>[\w$]+))",
        RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"^export\s*(?:default\s+(?<default>[\w$]+)\s*;|\{(?<names>[^}]*)\}(?!\s*from\b);?)", RegexOptions.Multiline)]
    private static partial Regex ExportList();

    [GeneratedRegex(@"^(?:import\b(?!\s*\()|export\b).*", RegexOptions.Multiline)]
    private static partial Regex Rest();
}
