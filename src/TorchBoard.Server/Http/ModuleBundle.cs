using System.Text;
using System.Text.RegularExpressions;

namespace TorchBoard.Server.Http;

/// <summary>
/// Combines the modules of the page into one script, so that a browser needs one request instead of one for each. It supports
/// only the forms of import and export that the page's modules use.
/// </summary>
internal static partial class ModuleBundle
{
    /// <summary>The names of the functions that return a module, now or later; no module uses these names.</summary>
    private const string Load = "$import";

    private const string LoadLater = "$later";

    private const string Begin = $"const modules = {{}}, loaded = {{}};\nconst {Load} = name => loaded[name] ??= modules[name]();\n";

    /// <summary>Returns a script that does what a module and the modules that it imports do, at once and later.</summary>
    /// <param name="entry">The name of the module, such as <c>main.js</c>.</param>
    /// <param name="read">Returns the text of a module; null if there is none.</param>
    /// <exception cref="InvalidOperationException">A module is missing, or there is a circular import.</exception>
    public static string Of(string entry, Func<string, string?> read)
    {
        Dictionary<string, Module> modules = Collect(entry, read);
        string script =
            $"(() => {{\n'use strict';\n{Begin}const {LoadLater} = async name => {Load}(name);\n"
            + $"{Define(modules.Keys, modules)}{Load}('{entry}');\n}})();\n";

        // Neither may occur in a script of HTML.
        return script.Replace("</script", "<\\/script", StringComparison.Ordinal).Replace("<!--", "<\\!--", StringComparison.Ordinal);
    }

    /// <summary>
    /// Returns two modules: one that does what a module and those that it imports do, and one with those that are imported
    /// later, which the first imports when it needs one of them. The first exports the functions that return any of the modules.
    /// </summary>
    /// <param name="entry">The name of the module, which the first of the two replaces.</param>
    /// <param name="later">The name of the second.</param>
    /// <param name="read">Returns the text of a module; null if there is none.</param>
    /// <exception cref="InvalidOperationException">A module is missing, or there is a circular import.</exception>
    public static (string First, string Later) Split(string entry, string later, Func<string, string?> read)
    {
        Dictionary<string, Module> modules = Collect(entry, read);
        HashSet<string> first = [];
        AddImports(entry, modules, first);
        string define = $"define(modules, {Load}, {LoadLater})";
        return (
            $"{Begin}const {LoadLater} = async name => {{\n  if (!(name in modules)) {{\n    (await import('./{later}')).{define};\n"
                + $"  }}\n  return {Load}(name);\n}};\n{Define(modules.Keys.Where(first.Contains), modules)}{Load}('{entry}');\n"
                + $"export {{ {Load}, {LoadLater} }};\n",
            $"export function {define} {{\n{Define(modules.Keys.Where(name => !first.Contains(name)), modules)}}}\n");
    }

    private static string Define(IEnumerable<string> names, Dictionary<string, Module> modules)
    {
        var script = new StringBuilder();
        foreach (string name in names)
            script.Append($"modules['{name}'] = () => {{\n").Append(modules[name].Body).Append("\n};\n");
        return script.ToString();
    }

    private static void AddImports(string name, Dictionary<string, Module> modules, HashSet<string> found)
    {
        if (!found.Add(name))
            return;
        foreach (string imported in modules[name].Imports)
            AddImports(imported, modules, found);
    }

    private static Dictionary<string, Module> Collect(string entry, Func<string, string?> read)
    {
        var modules = new Dictionary<string, Module>(StringComparer.Ordinal);
        Collect(entry, read, modules, []);
        return modules;
    }

    private static void Collect(
        string name, Func<string, string?> read, Dictionary<string, Module> modules, HashSet<string> importing)
    {
        if (modules.ContainsKey(name))
            return;
        if (!importing.Add(name))
            throw new InvalidOperationException($"The module '{name}' of the page is part of a circular import.");
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
            return $"{LoadLater}('{imported}')";
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
        modules[name] = new Module($"{text}\nreturn {{ {string.Join(", ", exports)} }};", now);
        importing.Remove(name);

        // A module that is loaded later may import one that is being loaded.
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

    /// <param name="Body">What returns the exports when it is called.</param>
    /// <param name="Imports">The modules that it imports at once.</param>
    private sealed record Module(string Body, List<string> Imports);
}
