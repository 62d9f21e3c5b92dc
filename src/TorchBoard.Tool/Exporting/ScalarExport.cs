using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Exporting;

/// <summary>Writes scalars as text for other programs.</summary>
internal static class ScalarExport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes CSV (RFC 4180) in UTF-8, one line per point.</summary>
    /// <param name="output">The writer.</param>
    /// <param name="curves">The curves.</param>
    /// <param name="isFile">
    /// Whether names are written unchanged. In a terminal, their control characters would be interpreted.
    /// </param>
    public static void WriteCsv(TextWriter output, IEnumerable<ScalarSeries> curves, bool isFile)
    {
        output.Write("run,tag,step,wall_time,value\n");
        foreach (ScalarSeries curve in curves)
        {
            string name = isFile
                ? $"{Quoted(curve.Run)},{Quoted(curve.Tag)}"
                : $"{Quoted(Printable.Line(curve.Run))},{Quoted(Printable.Line(curve.Tag))}";
            for (int i = 0; i < curve.Count; i++)
            {
                output.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name},{curve.Steps[i]},{curve.WallTimes[i]},{Number(curve.Values[i])}\n"));
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
                output.Write(JsonSerializer.Serialize(
                    new
                    {
                        curve.Run,
                        curve.Tag,
                        Step = curve.Steps[i],
                        WallTime = curve.WallTimes[i],
                        Value = curve.Values[i]
                    }, Json));
                output.Write('\n');
            }
        }
    }

    /// <summary>Writes one JSON array with an object for each curve.</summary>
    public static void WriteJson(TextWriter output, IEnumerable<ScalarSeries> curves)
    {
        output.Write('[');
        string separator = "\n";
        foreach (ScalarSeries curve in curves)
        {
            output.Write(separator);
            output.Write(JsonSerializer.Serialize(
                new
                {
                    curve.Run,
                    curve.Tag,
                    Steps = curve.Steps.ToArray(),
                    WallTimes = curve.WallTimes.ToArray(),
                    Values = curve.Values.ToArray(),
                },
                Json));
            separator = ",\n";
        }

        output.Write("\n]\n");
    }

    // A float in the file is not written with a double's digits.
    private static string Number(double value) => (float)value == value
        ? ((float)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n\r") || text != text.Trim()
        ? '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'
        : text;
}
