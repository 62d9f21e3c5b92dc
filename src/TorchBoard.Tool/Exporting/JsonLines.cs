using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Exporting;

/// <summary>Writes a JSON object per line for each value of a kind.</summary>
internal sealed class JsonLines(TextWriter output, ExportedKind kind) : TextExport
{
    public override void Write(ExportedRun run, string[] tags, CancellationToken cancellationToken)
    {
        if (kind == ExportedKind.Scalars)
        {
            foreach (ScalarSeries part in run.Curves(tags).SelectMany(curve => curve.Parts))
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int i = 0; i < part.Count; i++)
                    Write(run, part.Tag, part.Steps[i], part.WallTimes[i], part.Values[i]);
            }
        }
        else if (kind == ExportedKind.Hyperparameters)
        {
            if (run.Log.Hyperparameters is { Values.Count: > 0 } log)
                Write(new JsonFields { ["run"] = run.Name, ["value"] = ValueJson.Of(log) });
        }
        else
        {
            foreach (ExportedValue value in run.Values([kind.Kind], tags))
                Write(run, value.Tag, value.Step, value.WallTime, ValueJson.Of(value.Value));
        }
    }

    private void Write(ExportedRun run, string tag, long step, double wallTime, object value) => Write(new JsonFields
    {
        ["run"] = run.Name,
        ["tag"] = tag,
        ["step"] = step,
        ["wallTime"] = wallTime,
        ["value"] = value,
    });

    private void Write(JsonFields line)
    {
        IsEmpty = false;
        output.Write(Json.Of(line, Json.Ascii));
        output.Write('\n');
    }
}
