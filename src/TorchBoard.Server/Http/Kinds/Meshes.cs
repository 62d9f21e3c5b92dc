using Microsoft.AspNetCore.Http;
using TorchBoard.Indexing;
using static System.FormattableString;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>
/// Meshes and point clouds: <c>/api/meshes</c> lists them, <c>/api/mesh</c> is one. The tag is the mesh's name; its parts
/// have tags of their own.
/// </summary>
internal static class Meshes
{
    private const int MostMeshes = 10_000;
    private const int MostNumbers = 6_000_000;

    private static readonly string[] Suffixes = ["_VERTEX", "_FACE", "_COLOR"];

    public static ApiAnswer List(ApiRequest request)
    {
        string name = request.Text("tag");
        var series = new List<KindValues<Size[]>.SeriesOfRun>();
        foreach ((int id, IndexedRun run) in request.Runs)
        {
            // The faces and colors have the same steps.
            if (Find(run, name, Suffixes[0]) is not { } vertices)
                continue;
            IReadOnlyList<IndexedValue> values = vertices.ReadValues();

            // All steps of a tag have the same number of meshes.
            int count = vertices.ReadMeshParts(1) is [var last] && last.Value.Data.Shape is [> 0 and <= MostMeshes, _, 3]
                ? (int)last.Value.Data.Shape[0]
                : 1;
            series.Add(new(
                id, vertices.TotalCount, [.. values.Select(value => value.Step)], [.. values.Select(value => value.WallTime)],
                [.. values.Select(value => Enumerable.Repeat(new Size(value.Items[0].Length / count), count).ToArray())]));
        }

        return ApiAnswer.Of(new KindValues<Size[]>(series), KindJson.Default.KindValuesSizeArray);
    }

    public static ApiAnswer One(ApiRequest request)
    {
        string name = request.Text("tag");
        long step = OneValue.StepOf(request);
        int index = (int)request.Number("index", 0, int.MaxValue, byDefault: 0);
        TensorValue? vertices = Read(request.Run, name, Suffixes[0], step);
        if (vertices is null)
            throw ApiRequest.NotFound(Invariant($"The run has no mesh '{name}' at step {step}, or it is no longer kept."));
        int count = (int)vertices.Shape[0];
        if (index >= count)
            throw ApiRequest.NotFound(Invariant($"The step has {count} meshes; there is no mesh {index}."));
        return ApiAnswer.Of(
            new Shape(
                count, Numbers(vertices, index), Numbers(Read(request.Run, name, Suffixes[1], step), index),
                Numbers(Read(request.Run, name, Suffixes[2], step), index)),
            KindJson.Default.Shape);
    }

    private static TensorValue? Read(IndexedRun run, string name, string suffix, long step) =>
        Find(run, name, suffix)?.ReadMeshParts(step: step) is [var point] && point.Value.Data is { Shape: [_, _, 3] } data
            ? data
            : null;

    private static IndexedSeries? Find(IndexedRun run, string name, string suffix) =>
        run.TryFind(name + suffix, out IndexedSeries? series) && series.Kind == TagKind.Mesh ? series : null;

    private static float[]? Numbers(TensorValue? tensor, int index)
    {
        if (tensor is null || index >= tensor.Shape[0])
            return null;
        if (tensor.ElementCount / tensor.Shape[0] > MostNumbers)
        {
            throw new ApiException(
                StatusCodes.Status413PayloadTooLarge, Invariant($"The mesh has more than {MostNumbers / 3} points or faces."));
        }

        int length = (int)(tensor.Shape[1] * 3);
        return [.. tensor.ToDoubles().AsSpan(index * length, length).ToArray().Select(number => (float)number)];
    }

    /// <param name="Bytes">About the length of the points.</param>
    internal sealed record Size(int Bytes);

    /// <param name="Count">The number of meshes of the step.</param>
    /// <param name="Vertices">The points; x, y and z each.</param>
    /// <param name="Faces">The triangles, three numbers of points each; null for a point cloud.</param>
    /// <param name="Colors">The colors of the points, 0 to 255; null for none.</param>
    internal sealed record Shape(int Count, float[]? Vertices, float[]? Faces, float[]? Colors);
}
