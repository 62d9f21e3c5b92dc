using Spectre.Console;

namespace TorchBoard.Tool.Output;

/// <summary>Tables of one look. Cells are plain text: no tag can be taken for markup.</summary>
internal static class Tables
{
    /// <param name="columns">The headings; those that begin with <c>&gt;</c> stand to the right.</param>
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
