using System.Globalization;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Exporting;

/// <summary>Writes CSV (RFC 4180), cell by cell.</summary>
/// <param name="output">The writer.</param>
/// <param name="isFile">
/// Whether text is written unchanged. In a terminal, its control characters would be interpreted.
/// </param>
internal sealed class CsvWriter(TextWriter output, bool isFile)
{
    private const int MaxNumber = 32;

    // The last four are full-width.
    private const string FormulaStarts = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private readonly char[] _number = new char[MaxNumber];
    private bool _isInRow;

    /// <summary>Returns a cell with text, quoted if necessary.</summary>
    public string Cell(string text)
    {
        string shown = isFile ? text : Printable.Line(text);

        // A spreadsheet would calculate what looks like a formula; it takes the apostrophe as a sign for text.
        bool isFormula = shown.AsSpan().TrimStart() is [var first, ..] && FormulaStarts.Contains(first);
        string cell = isFormula ? "'" + shown : shown;
        return cell.AsSpan().ContainsAny(",\"\n\r") || cell != cell.Trim()
            ? '"' + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'
            : cell;
    }

    public void WriteText(string text) => WriteCell(Cell(text));

    public void WriteCell(ReadOnlySpan<char> cell)
    {
        if (_isInRow)
            output.Write(',');
        _isInRow = true;
        output.Write(cell);
    }

    public void Write(long number)
    {
        number.TryFormat(_number, out int length, provider: CultureInfo.InvariantCulture);
        WriteCell(_number.AsSpan(0, length));
    }

    /// <summary>Writes a number with all its digits.</summary>
    public void WriteExact(double number)
    {
        number.TryFormat(_number, out int length, provider: CultureInfo.InvariantCulture);
        WriteCell(_number.AsSpan(0, length));
    }

    /// <summary>Writes a value. A float in the file is not written with a double's digits.</summary>
    public void Write(double number)
    {
        if ((float)number == number)
        {
            ((float)number).TryFormat(_number, out int length, provider: CultureInfo.InvariantCulture);
            WriteCell(_number.AsSpan(0, length));
        }
        else
        {
            WriteExact(number);
        }
    }

    public void EndRow()
    {
        output.Write('\n');
        _isInRow = false;
    }
}
