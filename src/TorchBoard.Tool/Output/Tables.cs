using Spectre.Console;

namespace TorchBoard.Tool.Output;

/// <summary>Creates tables in one style. Cells are plain text, so tags are not interpreted as markup.</summary>
internal static class Tables
{
    /// <param name="columns">The headings; those that begin with <c>&gt;</c> are right-aligned.</param>
    public static Table New(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
        {
            bool isRight = column.StartsWith('>');
            table.AddColumn(
                new TableColumn(new Text(isRight ? column[1..] : column, new Style(decoration: Decoration.Bold)))
                {
                    Alignment = isRight ? Justify.Right : Justify.Left,
                    NoWrap = isRight,
                    Padding = new Padding(1, 0, 0, 0),
                });
        }

        return table;
    }

    public static void AddCells(this Table table, params string[] cells) =>
        table.AddRow(cells.Select(cell => new Text(Printable.Line(cell))));
}
