using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds text to the Text dashboard.</summary>
    /// <param name="tag">The tag, such as <c>settings</c>.</param>
    /// <param name="markdown">Markdown, with tables and fenced code; HTML is shown as text. May be empty.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was written; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the text is null or not valid
    /// Unicode.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddText(string tag, string markdown, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(markdown);
        Tag.ThrowIfNotUnicode(markdown, nameof(markdown));
        long size = (long)sizeof(char) * markdown.Length;
        Claim(tag, PluginTable.Text);
        Append(() => TextSummary.Of(tag, markdown), size, step, wallTime);
    }

    /// <summary>Adds a table to the Text dashboard.</summary>
    /// <param name="tag">The tag, such as <c>per class</c>.</param>
    /// <param name="header">The column titles; at least one.</param>
    /// <param name="rows">
    /// The cells, row by row, one per column title; each is Markdown of one or more lines. Bars, unpaired backticks and
    /// HTML are shown as text.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was written; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; there are no columns; the number of
    /// cells in a row differs from the number of columns; or a cell is not valid Unicode.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddTable(
        string tag,
        IReadOnlyList<string> header,
        IEnumerable<IReadOnlyList<string>> rows,
        long step,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        if (header.Count == 0)
            throw new ArgumentException("A table must have at least one column; the header is empty.", nameof(header));
        AddText(tag, TextSummary.Table(header, rows), step, wallTime);
    }
}
