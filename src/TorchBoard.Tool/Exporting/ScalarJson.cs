using System.Globalization;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Exporting;

/// <summary>Writes scalars as one JSON array with an object for each curve, number by number.</summary>
internal sealed class ScalarJson(TextWriter output) : TextExport
{
    public override void Write(ExportedRun run, string[] tags, CancellationToken cancellationToken)
    {
        foreach (ExportedCurve curve in run.Curves(tags))
        {
            output.Write(IsEmpty ? "[\n" : ",\n");
            IsEmpty = false;
            output.Write($"{{\"run\":{Text(run.Name)},\"tag\":{Text(curve.Tag)},\"steps\":");
            Write(curve, (part, i) => output.Write(part.Steps[i].ToString(CultureInfo.InvariantCulture)), cancellationToken);
            output.Write(",\"wallTimes\":");
            Write(curve, (part, i) => Write(part.WallTimes[i]), cancellationToken);
            output.Write(",\"values\":");
            Write(curve, (part, i) => Write(part.Values[i]), cancellationToken);
            output.Write('}');
        }
    }

    public override void Complete()
    {
        if (!IsEmpty)
            output.Write("\n]\n");
    }

    private void Write(ExportedCurve curve, Action<ScalarSeries, int> write, CancellationToken cancellationToken)
    {
        output.Write('[');
        bool isFirst = true;
        foreach (ScalarSeries part in curve.Parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < part.Count; i++)
            {
                output.Write(isFirst ? "" : ",");
                isFirst = false;
                write(part, i);
            }
        }

        output.Write(']');
    }

    private void Write(double number) => output.Write(double.IsFinite(number)
        ? number.ToString(CultureInfo.InvariantCulture)
        : $"\"{number.ToString(CultureInfo.InvariantCulture)}\"");

    private static string Text(string text) => Json.Of(text, Json.Ascii);
}
