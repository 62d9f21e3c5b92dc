namespace TorchBoard.Tests.Writing;

/// <summary>
/// The cells of AddTable. The expected Markdown was rendered with TensorBoard's own <c>markdown_to_safe_html</c>: each
/// row has its cells, and each cell shows the text in the last column.
/// </summary>
internal sealed class TableTests
{
    [TestCase("plain *bold* [a](https://b)", "plain *bold* [a](https://b)")]
    [TestCase("a|b", "a&#124;b", Description = "a|b")]
    [TestCase("a\\|b", "a&#92;&#124;b", Description = "a\\|b")]
    [TestCase("a\\", "a&#92;", Description = "a\\")]
    [TestCase("\\\\|", "&#92;&#124;", Description = "\\|")]
    [TestCase("\\*", "\\*", Description = "*")]
    [TestCase("it`s", "it&#96;s", Description = "it`s")]
    [TestCase("\\`a`", "&#96;a&#96;", Description = "`a`")]
    [TestCase("``a`", "&#96;&#96;a&#96;", Description = "``a`")]
    [TestCase("`a` and ``b`c``", "`a` and ``b`c``", Description = "code a, code b`c")]
    [TestCase("`a|b*c`", "<code>a&#124;b&#42;c</code>", Description = "code a|b*c")]
    [TestCase("`a\\`|", "<code>a&#92;</code>&#124;", Description = "code a\\, then |")]
    [TestCase("`a\nb`", "<code>a<br>b</code>", Description = "code a, line break, code b")]
    [TestCase("a\r\nb\nc\u2028d", "a<br>b<br>c<br>d")]
    [TestCase("\\\nb", "&#92;<br>b")]
    [TestCase("a<br>b <https://c>", "a<br>b <https://c>", Description = "a, line break, b and a link")]
    [TestCase("</table> <!-- a -->", "&#60;/table> &#60;!-- a -->", Description = "</table> <!-- a -->")]
    [TestCase("", "")]
    [TestCase(null, "")]
    public void A_cell_stays_one_cell_whatever_is_in_it(string? cell, string markdown)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddTable("t", ["x", "it`s"], [[cell!, "it`s"]], 0);

        Assert.That(
            WrittenEvents.Single(directory, "t").Tensor.StringVal.Single().ToStringUtf8(),
            Is.EqualTo($"| x | it&#96;s |\n|---|---|\n| {markdown} | it&#96;s |\n"));
    }
}
