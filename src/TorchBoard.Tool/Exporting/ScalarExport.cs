using System.Globalization;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Exporting;

/// <summary>Writes scalars as text for other programs.</summary>
internal static class ScalarExport
{
    // Three numbers of at most 25 characters, and commas.
    private const int MaxNumbers = 80;

    // The last four are full-width.
    private const string FormulaStarts = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>Writes CSV (RFC 4180) in UTF-8, one line per point.</summary>
    /// <param name="output">The writer.</param>
    /// <param name="curves">The curves.</param>
    /// <param name="isFile">
    /// Whether names are written unchanged. In a terminal, their control characters would be interpreted.
    /// </param>
    public static void WriteCsv(TextWriter output, IEnumerable<ScalarSeries> curves, bool isFile)
    {
        Span<char> line = stackalloc char[MaxNumbers];
        bool isFirst = true;
        foreach (ScalarSeries curve in curves)
        {
            if (isFirst)
                output.Write("run,tag,step,wall_time,value\n");
            isFirst = false;
            string name = isFile
                ? $"{Quoted(curve.Run)},{Quoted(curve.Tag)}"
                : $"{Quoted(Printable.Line(curve.Run))},{Quoted(Printable.Line(curve.Tag))}";
            for (int i = 0; i < curve.Count; i++)
            {
                output.Write(name);
                CultureInfo culture = CultureInfo.InvariantCulture;
                double value = curve.Values[i];
                line.TryWrite(culture, $",{curve.Steps[i]},{curve.WallTimes[i]},", out int length);
                output.Write(line[..length]);

                // A float in the file is not written with a double's digits.
                if ((float)value == value)
                    ((float)value).TryFormat(line, out length, provider: culture);
                else
                    value.TryFormat(line, out length, provider: culture);
                output.Write(line[..length]);
                output.Write('\n');
            }
        }
    }

    /// <summary>Writes one JSON object per line for each point.</summary>
    public static void WriteJsonLines(TextWriter output, IEnumerable<ScalarSeries> curves)
    {
        foreach (ScalarSeries curve in curves)
        {
            for (int i = 0; i < curve.Count; i++)
            {
                output.Write(Json.Of(
                    new JsonFields
                    {
                        ["run"] = curve.Run,
                        ["tag"] = curve.Tag,
                        ["step"] = curve.Steps[i],
                        ["wallTime"] = curve.WallTimes[i],
                        ["value"] = curve.Values[i],
                    },
                    Json.Ascii));
                output.Write('\n');
            }
        }
    }

    /// <summary>Writes one JSON array with an object for each curve, number by number.</summary>
    public static void WriteJson(TextWriter output, IEnumerable<ScalarSeries> curves)
    {
        const string First = "[\n";
        string separator = First;
        foreach (ScalarSeries curve in curves)
        {
            output.Write(separator);
            output.Write($"{{\"run\":{Text(curve.Run)},\"tag\":{Text(curve.Tag)},\"steps\":[");
            for (int i = 0; i < curve.Count; i++)
            {
                output.Write(i > 0 ? "," : "");
                output.Write(curve.Steps[i].ToString(CultureInfo.InvariantCulture));
            }

            output.Write("],\"wallTimes\":");
            WriteNumbers(output, curve.WallTimes);
            output.Write(",\"values\":");
            WriteNumbers(output, curve.Values);
            output.Write('}');
            separator = ",\n";
        }

        if (separator != First)
            output.Write("\n]\n");
    }

    private static void WriteNumbers(TextWriter output, ReadOnlySpan<double> numbers)
    {
        output.Write('[');
        for (int i = 0; i < numbers.Length; i++)
        {
            output.Write(i > 0 ? "," : "");
            output.Write(double.IsFinite(numbers[i])
                ? numbers[i].ToString(CultureInfo.InvariantCulture)
                : $"\"{numbers[i].ToString(CultureInfo.InvariantCulture)}\"");
        }

        output.Write(']');
    }

    private static string Text(string text) => Json.Of(text, Json.Ascii);

    public static string Quoted(string text)
    {
        // A spreadsheet would calculate what looks like a formula; it takes the apostrophe as a sign for text.
        bool isFormula = text.AsSpan().TrimStart() is [var first, ..] && FormulaStarts.Contains(first);
        string cell = isFormula ? "'" + text : text;
        return cell.AsSpan().ContainsAny(",\"\n\r") || cell != cell.Trim()
            ? '"' + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'
            : cell;
    }
}
