using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using TorchBoard.Indexing;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>
/// Embeddings, which are files beside the event files: <c>/api/embedding</c> is one in three dimensions, <c>/api/sprite</c> its
/// pictures, <c>/api/vectors</c> the vectors themselves, for a report, and <c>/api/neighbors</c> those nearest to one.
/// </summary>
internal static class Embeddings
{
    private const string ConfigName = "projector_config.pbtxt";
    private const int MostConfig = 1 << 20;
    private const int MostFile = 256 << 20;
    private const int MostSprite = 32 << 20;
    private const int MostPoints = 10_000;
    private const int MostNeighbors = 100;
    private const long TableAge = 60_000;
    private const int MostTables = 3;

    private static readonly ConditionalWeakTable<IndexedRun, Listed> Known = [];
    private static readonly List<Table> Tables = [];

    /// <summary>Returns the names of the embeddings of a run.</summary>
    public static IEnumerable<string> NamesOf(IndexedRun run) =>
        EntriesOf(run).Select(entry => entry.Name).Distinct(StringComparer.Ordinal);

    public static ApiAnswer One(ApiRequest request)
    {
        Table table = TableOf(request);
        return ApiAnswer.Of(
            new Projection(
                table.Vectors.Length / table.Dimensions, table.Total, table.Every, table.Dimensions, table.Points, table.Shares,
                [.. table.Metadata.Select(column => new Column(column.Name, column.Values))],
                table.Entry.Sprite is { } sprite ? [sprite.Width, sprite.Height] : null),
            KindJson.Default.Projection);
    }

    public static ApiAnswer Sprite(ApiRequest request)
    {
        if (EntryOf(request).Sprite is not { } sprite || Read(request.Run, sprite.Path, MostSprite) is not { } picture)
            throw ApiRequest.NotFound("The embedding has no pictures.");
        if (!picture.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, "The pictures of the embedding are not a PNG file.");
        return new ApiAnswer("image/png", picture);
    }

    /// <summary>The vectors that are shown, as 32-bit numbers, little-endian.</summary>
    public static ApiAnswer Vectors(ApiRequest request)
    {
        float[] vectors = TableOf(request).Vectors;
        if ((long)vectors.Length * sizeof(float) > ApiAnswer.MostBytes)
            throw ApiAnswer.TooLong();
        byte[] bytes = new byte[vectors.Length * sizeof(float)];
        for (int i = 0; i < vectors.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vectors[i]);
        return new ApiAnswer("application/octet-stream", bytes);
    }

    public static ApiAnswer Neighbors(ApiRequest request)
    {
        Table table = TableOf(request);
        int count = table.Vectors.Length / table.Dimensions;
        int point = (int)request.Number("point", 0, count - 1);
        bool isCosine = request.TextOrNull("metric") != "euclidean";

        // The vectors of interest differ little, and the angles between them have few significant digits as floats.
        double[] from = Widened(table.Vector(point));
        double[] distances = new double[count];
        for (int i = 0; i < count; i++)
        {
            double[] to = Widened(table.Vector(i));
            double distance = isCosine ? 1 - TensorPrimitives.CosineSimilarity<double>(from, to) : TensorPrimitives.Distance<double>(from, to);
            distances[i] = double.IsNaN(distance) ? double.MaxValue : distance;
        }

        int[] nearest =
        [
            .. Enumerable.Range(0, count).Where(i => i != point).OrderBy(i => distances[i]).Take(MostNeighbors),
        ];
        return ApiAnswer.Of(
            new NeighborList(nearest, [.. nearest.Select(i => distances[i])]), KindJson.Default.NeighborList);
    }

    private static double[] Widened(ReadOnlySpan<float> vector)
    {
        double[] wide = new double[vector.Length];
        TensorPrimitives.ConvertSaturating(vector, wide);
        return wide;
    }

    private static Table TableOf(ApiRequest request)
    {
        IndexedRun run = request.Run;
        string name = request.Text("tag");
        lock (Tables)
        {
            Tables.RemoveAll(table => Environment.TickCount64 - table.At > TableAge);
            if (Tables.Find(table => table.Run == run && table.Entry.Name == name) is { } known)
                return known;
            Table loaded = Load(run, EntryOf(request));
            if (Tables.Count >= MostTables)
                Tables.RemoveAt(0);
            Tables.Add(loaded);
            return loaded;
        }
    }

    private static Table Load(IndexedRun run, ProjectorConfig.Entry entry)
    {
        byte[] file = Read(run, entry.TensorPath, MostFile)
            ?? throw ApiRequest.NotFound($"The file '{entry.TensorPath}' of the embedding is not below the run, or longer than 256 MiB.");
        try
        {
            bool isBinary = entry.TensorPath.EndsWith(".bytes", StringComparison.Ordinal);
            (float[] vectors, int dimensions, int every, int total) =
                VectorTable.Read(file, isBinary ? entry.Dimensions : 0, MostPoints);
            if (vectors.Length == 0)
                throw new InvalidDataException("The file of the vectors is empty.");
            byte[]? metadata = entry.MetadataPath is { } path ? Read(run, path, MostFile) : null;
            (float[] points, double[] shares) = PrincipalComponents.Project([.. vectors], dimensions);
            return new Table(run, entry, vectors, dimensions, every, total)
            {
                Points = points,
                Shares = shares,
                Metadata = metadata is null ? [] : VectorTable.ReadMetadata(metadata, every, total),
            };
        }
        catch (InvalidDataException e)
        {
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, e.Message);
        }
    }

    private static ProjectorConfig.Entry EntryOf(ApiRequest request)
    {
        string name = request.Text("tag");
        return EntriesOf(request.Run).LastOrDefault(entry => entry.Name == name)
            ?? throw ApiRequest.NotFound($"The run has no embedding '{name}'.");
    }

    // Read only if it has changed, because reading takes requests in an object store.
    private static IReadOnlyList<ProjectorConfig.Entry> EntriesOf(IndexedRun run)
    {
        if (run.EmbeddingsVersion is not { } version)
            return [];
        Listed listed = Known.GetOrAdd(run, _ => new Listed());
        lock (listed)
        {
            if (listed.Version != version && Read(run, ConfigName, MostConfig) is { } text)
            {
                listed.Entries = ProjectorConfig.Parse(Encoding.UTF8.GetString(text));
                listed.Version = version;
            }

            return listed.Entries;
        }
    }

    private static byte[]? Read(IndexedRun run, string name, int most)
    {
        try
        {
            return run.ReadFile(name, most);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private sealed class Listed
    {
        public string? Version { get; set; }

        public IReadOnlyList<ProjectorConfig.Entry> Entries { get; set; } = [];
    }

    private sealed record Table(
        IndexedRun Run, ProjectorConfig.Entry Entry, float[] Vectors, int Dimensions, int Every, int Total)
    {
        public long At { get; } = Environment.TickCount64;

        public required float[] Points { get; init; }

        public required double[] Shares { get; init; }

        public required IReadOnlyList<(string Name, string[] Values)> Metadata { get; init; }

        public ReadOnlySpan<float> Vector(int index) => Vectors.AsSpan(index * Dimensions, Dimensions);
    }

    /// <param name="Count">The number of vectors that are shown.</param>
    /// <param name="Total">The number of vectors.</param>
    /// <param name="Every">The interval of the vectors that are shown: 1 for each, 2 for every second one, and so on.</param>
    /// <param name="Dimensions">The length of a vector.</param>
    /// <param name="Points">Three numbers for each vector.</param>
    /// <param name="Shares">The share of the variance in each of the three directions.</param>
    /// <param name="Columns">The metadata.</param>
    /// <param name="Sprite">Width and height of a picture; null if there are none.</param>
    internal sealed record Projection(
        int Count, int Total, int Every, int Dimensions, float[] Points, double[] Shares, Column[] Columns, int[]? Sprite);

    internal sealed record Column(string Name, string[] Values);

    /// <param name="Points">The nearest first.</param>
    /// <param name="Distances">Their distances.</param>
    internal sealed record NeighborList(int[] Points, double[] Distances);
}
