using System.Text.Json.Nodes;
using TorchBoard.Server.Tests.Http.Kinds;

namespace TorchBoard.Server.Tests.Http;

/// <summary>Markdown becomes a tree of few elements; whatever else it contains is text.</summary>
internal sealed class MarkdownTreeTests
{
    private static readonly HashSet<string> Allowed =
    [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "pre", "code", "em", "strong", "del", "blockquote", "hr",
        "br", "a", "span", "table", "thead", "tbody", "tr", "th", "td",
    ];

    [TestCase("# A *b* **c** ~~d~~ `e`", """[["h1",{},"A ",["em",{},"b"]," ",["strong",{},"c"]," ",["del",{},"d"]," ",["code",{},"e"]]]""")]
    [TestCase("a\nb  \nc", """[["p",{},"a\nb",["br",{}],"c"]]""")]
    [TestCase("3. a\n4. b", """[["ol",{"start":3},["li",{},["p",{},"a"]],["li",{},["p",{},"b"]]]]""")]
    [TestCase("> q\n\n---", """[["blockquote",{},["p",{},"q"]],["hr",{}]]""")]
    [TestCase("```\n<b>\n```", """[["pre",{},["code",{},"<b>"]]]""")]
    [TestCase("[x](https://example.org/a)", """[["p",{},["a",{"href":"https://example.org/a"},"x"]]]""")]
    [TestCase("<me@example.org>", """[["p",{},["a",{"href":"mailto:me@example.org"},"me@example.org"]]]""")]
    [TestCase("https://example.org", """[["p",{},["a",{"href":"https://example.org"},"https://example.org"]]]""")]
    [TestCase("![chart](https://example.org/a.png)", """[["p",{},"chart"]]""")]
    [TestCase("&lt;b&gt; &amp;", """[["p",{},"<b> &"]]""")]
    [TestCase("a<br>b", """[["p",{},"a",["br",{}],"b"]]""")]
    public async Task Elements(string markdown, string tree) =>
        Assert.That((await TreeOfAsync(markdown)).ToJsonString(Readable), Is.EqualTo(tree));

    [Test]
    public async Task A_table_of_the_writer_keeps_bars_line_breaks_and_code_in_its_cells()
    {
        await using KindPage page = await KindPage.StartAsync(writer => writer.AddTable(
            "text", ["name", "value"], [["a|b", "line\nbreak"], ["`x|y`", "<b>"]], 0));
        JsonNode blocks = (await page.GetAsync("/api/text?run=1&tag=text&step=0"))["blocks"]!;
        string tree = blocks.ToJsonString(Readable);

        Assert.That(tree, Does.StartWith("""[["table",{},["thead",{},["tr",{},["th",{},"name"],["th",{},"value"]]],["tbody",{},"""));
        Assert.That(TextOf(blocks), Is.EqualTo("namevaluea|blinebreakx|y<b>"));
        Assert.That(tree, Does.Contain("""["td",{},["code",{},"x|y"]]""").And.Contain("""["br",{}]"""));
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("<img src=x onerror=alert(1)>")]
    [TestCase("<div onclick='x'>\n\n</div>")]
    [TestCase("[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](vbscript:x)")]
    [TestCase("[a](&#x6a;avascript:alert(1)) [b](java\tscript:x) [c](/api/runs) [d](//example.org) [e](file:///etc/passwd)")]
    [TestCase("<javascript:alert(1)> ![x](javascript:alert(1))")]
    [TestCase("[x]: javascript:alert(1)\n\n[x]")]
    [TestCase("| a | <script> |\n|---|---|\n| [x](javascript:y) | <svg/onload=z> |")]
    [TestCase("\u202Egnp.exe\u202C \u2066x\u2069 __proto__ constructor")]
    [TestCase("<code><script>x</script></code> <code>open")]
    public async Task Hostile_text_is_text(string markdown)
    {
        JsonArray tree = await TreeOfAsync(markdown);
        using (Assert.EnterMultipleScope())
        {
            foreach (JsonArray element in Elements(tree))
            {
                Assert.That(Allowed, Does.Contain((string)element[0]!), markdown);
                foreach ((string name, JsonNode? value) in (JsonObject)element[1]!)
                {
                    Assert.That(name, Is.EqualTo("href").Or.EqualTo("align").Or.EqualTo("start"));
                    if (name == "href")
                        Assert.That((string)value!, Does.StartWith("http://").Or.StartWith("https://").Or.StartWith("mailto:"));
                }
            }
        }
    }

    [Test]
    public async Task A_script_is_shown_as_it_was_written() => Assert.That(
        TextOf(await TreeOfAsync("<script>alert(1)</script>")), Is.EqualTo("<script>alert(1)</script>"));

    [TestCase("> ")]
    [TestCase("- ")]
    [TestCase("*")]
    [TestCase("[")]
    [TestCase("![](")]
    [TestCase("<code>")]
    [TestCase("a`")]
    [TestCase("|")]
    [TestCase("__")]
    public async Task Deep_nesting_and_ten_thousand_characters_are_answered(string part)
    {
        JsonArray tree = await TreeOfAsync(string.Concat(Enumerable.Repeat(part, 10_000 / part.Length)) + "end");

        Assert.That(DepthOf(tree), Is.LessThan(130));
        Assert.That(TextOf(tree), Does.EndWith("end").Or.Empty);
    }

    [Test]
    public async Task Text_below_forty_levels_is_not_lost() => Assert.That(
        TextOf(await TreeOfAsync(string.Concat(Enumerable.Repeat("> ", 60)) + "*deep*")), Is.EqualTo("deep"));

    [Test]
    public async Task The_end_of_a_very_long_text_is_left_out() => Assert.That(
        TextOf(await TreeOfAsync(new string('a', 1_000_000))), Has.Length.EqualTo(200_001).And.EndsWith("…"));

    private static readonly System.Text.Json.JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<JsonArray> TreeOfAsync(string markdown)
    {
        await using KindPage page = await KindPage.StartAsync(writer => writer.AddText("text", markdown, 0));
        return (await page.GetAsync("/api/text?run=1&tag=text&step=0"))["blocks"]!.AsArray();
    }

    private static IEnumerable<JsonArray> Elements(JsonArray blocks) => blocks.OfType<JsonArray>()
        .SelectMany(element => Elements([.. element.Skip(2).Select(child => child!.DeepClone())]).Prepend(element));

    private static string TextOf(JsonNode? node) => node switch
    {
        JsonArray array => string.Concat(array.Skip(array is [_, JsonObject, ..] ? 2 : 0).Select(TextOf)),
        JsonValue value => (string)value!,
        _ => "",
    };

    private static int DepthOf(JsonNode? node) => node is JsonArray array ? 1 + array.Max(child => (int?)DepthOf(child) ?? 0) : 0;
}
