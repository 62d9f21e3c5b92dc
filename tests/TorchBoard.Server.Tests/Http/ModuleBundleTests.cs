using System.Text.RegularExpressions;
using TorchBoard.Server.Http;

namespace TorchBoard.Server.Tests.Http;

/// <summary>One script of several modules. That the page's own modules run as one is tested in a browser.</summary>
internal sealed class ModuleBundleTests
{
    [Test]
    public void Imports_and_exports_become_calls_and_objects()
    {
        string bundle = Of(
            ("main.js", "import { a, b as c } from './parts/x.js';\nimport * as all from './parts/x.js';\nimport X from './v.js';\nrun();\n"),
            ("parts/x.js", "import {\n  d,\n} from '../y.js';\nexport const a = d;\nexport async function b() {}\nexport class K {}\nlet hidden;\n"),
            ("y.js", "export function d() {}\nexport let e = 1;"),
            ("v.js", "var V=1;\nexport default V;"));

        Assert.That(bundle, Does.Not.Match("(?m)^(import|export) "));
        Assert.That(bundle, Does.Contain("const { a, b:c } = $import('parts/x.js');"));
        Assert.That(bundle, Does.Contain("const all = $import('parts/x.js');"));
        Assert.That(bundle, Does.Contain("const { default: X } = $import('v.js');"));
        Assert.That(bundle, Does.Contain("const {\n  d,\n} = $import('y.js');"));
        Assert.That(
            bundle, Does.Contain("return { get a() { return a; }, get b() { return b; }, get K() { return K; } };"));
        Assert.That(bundle, Does.Contain("return { default: V };"));
        Assert.That(bundle, Does.EndWith("$import('main.js');\n})();\n"));
    }

    [Test]
    public void A_module_that_is_loaded_later_may_import_the_one_that_loads_it()
    {
        string bundle = Of(
            ("main.js", "export const a = 1;\nconst later = () => import('./later.js');"),
            ("later.js", "import { a } from './main.js';"));

        Assert.That(bundle, Does.Contain("const later = () => $later('later.js');").And.Contain("const $later = async name => $import(name);"));
        Assert.That(bundle, Does.Contain("modules['later.js']"));
    }

    [Test]
    public void What_is_loaded_later_is_a_module_of_its_own_without_what_is_there()
    {
        (string Name, string Text)[] modules =
        [
            ("main.js", "import { a } from './x.js';\nconst later = () => import('./kinds/later.js');"),
            ("x.js", "export const a = 1;"),
            ("kinds/later.js", "import { a } from '../x.js';\nimport { b } from './y.js';\nconst more = () => import('./z.js');"),
            ("kinds/y.js", "export const b = 2;"),
            ("kinds/z.js", "import { a } from '../x.js';"),
        ];
        (string first, string later) = ModuleBundle.Split(
            "main.js", "rest.js", name => modules.FirstOrDefault(module => module.Name == name).Text);

        Assert.That(NamesIn(first), Is.EquivalentTo(["main.js", "x.js"]));
        Assert.That(NamesIn(later), Is.EquivalentTo(["kinds/later.js", "kinds/y.js", "kinds/z.js"]));
        Assert.That(first, Does.Contain("(await import('./rest.js')).define(modules, $import, $later);").And.EndWith("$import('main.js');\nexport { $import, $later };\n"));
        Assert.That(later, Does.StartWith("export function define(modules, $import, $later) {").And.Contain("$import('x.js')"));

        static string[] NamesIn(string script) =>
            [.. Regex.Matches(script, @"^modules\['(.*)'\] =", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
    }

    [Test]
    public void What_would_end_the_script_does_not() => Assert.That(
        Of(("main.js", "const s = '</script><!--';")), Does.Contain("'<\\/script><\\!--'"));

    [Test]
    public void A_circle_a_missing_module_and_an_unknown_form_are_refused() => Assert.Multiple(() =>
    {
        Assert.That(
            () => Of(("main.js", "import { a } from './a.js';"), ("a.js", "import { b } from './main.js';")),
            Throws.InvalidOperationException.With.Message.Contains("circular"));
        Assert.That(
            () => Of(("main.js", "import { a } from './a.js';")),
            Throws.InvalidOperationException.With.Message.Contains("'a.js'"));
        Assert.That(
            () => Of(("main.js", "export { a } from './a.js';"), ("a.js", "")), Throws.InvalidOperationException);
        Assert.That(() => Of(("main.js", "export const { a } = b;")), Throws.InvalidOperationException.With.Message.Contains("main.js"));
    });

    private static string Of(params (string Name, string Text)[] modules) =>
        ModuleBundle.Of("main.js", name => modules.FirstOrDefault(module => module.Name == name).Text);
}
