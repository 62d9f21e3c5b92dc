namespace TorchBoard.Reading;

/// <summary>Joins the parts that belong to the same mesh and step.</summary>
internal static class MeshJoin
{
    public static IEnumerable<KeyValuePair<string, Series<Mesh>>> Of(string run, IEnumerable<Series<MeshPart>> parts)
    {
        var flat = new List<(MeshPart Part, long Step, double WallTime, TagInfo Info)>();
        foreach (Series<MeshPart> series in parts)
        {
            for (int i = 0; i < series.Count; i++)
                flat.Add((series.Values[i], series.Steps[i], series.WallTimes[i], series.Info));
        }

        foreach (var mesh in flat.GroupBy(p => p.Part.Mesh, StringComparer.Ordinal))
        {
            var steps = mesh.GroupBy(p => p.Step).OrderBy(step => step.Key).ToList();
            TagInfo info = mesh.First().Info with
            {
                Tag = mesh.Key,
                Count = steps.Count,
                FirstStep = steps[0].Key,
                LastStep = steps[^1].Key,
                Bytes = mesh.Select(p => p.Info).Distinct().Sum(i => i.Bytes),
            };
            yield return KeyValuePair.Create(mesh.Key, new Series<Mesh>(
                run,
                info,
                [.. steps.Select(step => step.Key)],
                [.. steps.Select(step => step.First().WallTime)],
                [.. steps.Select(step => Join([.. step.Select(p => p.Part)]))]));
        }
    }

    private static Mesh Join(List<MeshPart> parts) => new(
        Last(parts, MeshPartKind.Vertices),
        Last(parts, MeshPartKind.Faces),
        Last(parts, MeshPartKind.Colors),
        parts.FirstOrDefault(part => part.ConfigJson.Length > 0)?.ConfigJson ?? "");

    private static TensorValue? Last(List<MeshPart> parts, MeshPartKind kind) =>
        parts.LastOrDefault(part => part.Kind == kind)?.Data;
}
