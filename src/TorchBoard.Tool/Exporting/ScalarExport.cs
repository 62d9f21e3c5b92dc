using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Exporting;

/// <summary>Scalars as text that other programs read.</summary>
internal static class ScalarExport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Comma-separated as RFC 4180 has it, in UTF-8, a line for each point.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="curves">The curves.</param>
    /// <param name="isFile">Whether names stand as they are; a terminal must not be commanded by them.</param>
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

    /// <summary>One JSON object in a line for each point.</summary>
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

    /// <summary>One JSON array, an object for each curve.</summary>
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

    // What was a float in the file is not given a double's digits.
    private static string Number(double value) => (float)value == value
        ? ((float)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n\r") || text != text.Trim()
        ? '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'
        : text;
}
