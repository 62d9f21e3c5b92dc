using Spectre.Console.Rendering;

namespace TorchBoard.Tool.Output;

/// <summary>
/// A table of plain text that looks like those of <see cref="Tables"/>, but wraps nothing and takes little time and
/// memory for many rows.
/// </summary>
/// <param name="columns">The headings; those that begin with <c>&gt;</c> are right-aligned.</param>
internal sealed class TextTable(params string[] columns)
{
    /// <summary>The number of columns of a terminal before each column of the table.</summary>
    public const int Gap = 2;

    private readonly string[] _headings = [.. columns.Select(column => Printable.Line(IsRight(column) ? column[1..] : column))];
    private readonly List<string[]> _rows = [];

    public void AddCells(params string[] cells)
    {
        string[] row = new string[cells.Length];
        for (int i = 0; i < row.Length; i++)
            row[i] = Printable.Line(cells[i]);
        _rows.Add(row);
    }

    /// <summary>Returns the number of columns of a terminal that a text occupies.</summary>
    public static int WidthOf(string text) =>
        System.Text.Ascii.IsValid(text) ? text.Length : new Segment(text).CellCount();

    public void Write(Terminal terminal)
    {
        int[] widths = [.. _headings.Select(WidthOf)];
        foreach (string[] row in _rows)
        {
            for (int i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], WidthOf(row[i]));
        }

        terminal.WriteLine(terminal.Bold(Line(_headings, widths)));
        terminal.WriteLine(new string('─', widths.Sum() + (Gap * widths.Length)));
        foreach (string[] row in _rows)
            terminal.WriteLine(Line(row, widths));
    }

    private static bool IsRight(string column) => column.StartsWith('>');

    private string Line(string[] cells, int[] widths)
    {
        var line = new System.Text.StringBuilder();
        for (int i = 0; i < cells.Length; i++)
        {
            int blanks = widths[i] - WidthOf(cells[i]);
            line.Append(' ', Gap + (IsRight(columns[i]) ? blanks : 0)).Append(cells[i]);
            line.Append(' ', IsRight(columns[i]) ? 0 : blanks);
        }

        return line.ToString().TrimEnd();
    }
}
