using System.Numerics;
using System.Numerics.Tensors;
using TorchBoard.Embeddings;
using TorchBoard.Numerics;
using TorchBoard.Writing;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    private const string LabelColumn = "label";

    /// <summary>
    /// Adds vectors to the Projector dashboard, which shows them as points in two or three dimensions.
    /// </summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>penultimate layer</c>.</param>
    /// <param name="vectors">The vectors, one after the other; all numbers must be finite as floats.</param>
    /// <param name="step">The step; any 64-bit integer. Each step of a tag is a separate embedding.</param>
    /// <param name="dimensions">The length of each vector; at least 2.</param>
    /// <param name="options">Labels, metadata columns and pictures, one for each vector.</param>
    /// <remarks>
    /// <para>
    /// The vectors are copied. The background thread writes the files <c>STEP/TAG/tensors.tsv</c>, <c>metadata.tsv</c>
    /// and <c>sprite.png</c> beside the event file and lists them in <c>projector_config.pbtxt</c>. Each file is
    /// written atomically. An embedding of the same tag and step is replaced. Several writers may share a directory.
    /// </para>
    /// <para>
    /// There is no wall time, as no event is written. TensorBoard shows the first 100,000 vectors. It looks for new
    /// embeddings when a run is new and when TensorBoard restarts.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty, not valid Unicode or too long for a directory name; there are fewer than two vectors, or
    /// not a whole number of them; a number is NaN or infinite; the number of labels, values or pictures differs from
    /// the number of vectors; or a column's name is empty or used twice.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddEmbedding<T>(
        string tag, ReadOnlySpan<T> vectors, long step, int dimensions, EmbeddingOptions? options = null)
        where T : unmanaged, INumberBase<T>
    {
        Tag.ThrowIfInvalid(tag);
        float[] copy = Numbers.ToFloats(vectors);
        ThrowIfInvalid(copy, dimensions);
        int count = vectors.Length / dimensions;
        options ??= EmbeddingOptions.Default;
        EmbeddingColumn[] columns = ColumnsOf(options, count);
        EmbeddingSprites? sprites = options.Sprites;
        if (sprites is not null && sprites.Count != count)
        {
            throw new ArgumentException(
                $"Expected {count} pictures, one per vector, got {sprites.Count}.", nameof(options));
        }

        var files = new ProjectorFiles(tag, step)
        {
            Vectors = copy,
            Dimensions = dimensions,
            Columns = columns,
            Sprites = sprites,
        };
        _run.Embeddings.Append(files);
    }

    /// <inheritdoc cref="AddEmbedding{T}(string, ReadOnlySpan{T}, long, int, EmbeddingOptions?)"/>
    /// <param name="tag">The tag, such as <c>penultimate layer</c>.</param>
    /// <param name="vectors">The vectors: a matrix with one row per vector.</param>
    /// <param name="step">The step; any 64-bit integer. Each step of a tag is a separate embedding.</param>
    /// <param name="options">Labels, metadata columns and pictures, one for each vector.</param>
    public void AddEmbedding<T>(
        string tag, in ReadOnlyTensorSpan<T> vectors, long step, EmbeddingOptions? options = null)
        where T : unmanaged, INumberBase<T>
    {
        if (vectors.Rank != 2)
        {
            throw new ArgumentException(
                $"The tensor must be a matrix with one row per vector; it has {vectors.Rank} dimensions.",
                nameof(vectors));
        }

        AddEmbedding(tag, Flatten(vectors), step, checked((int)vectors.Lengths[1]), options);
    }

    private static void ThrowIfInvalid(ReadOnlySpan<float> vectors, int dimensions)
    {
        if (dimensions < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(dimensions), dimensions, "Vectors must have at least 2 dimensions.");
        }

        if (vectors.IsEmpty || vectors.Length % dimensions != 0)
        {
            throw new ArgumentException(
                $"Expected one or more vectors of {dimensions} numbers, got {vectors.Length} numbers.",
                nameof(vectors));
        }

        for (int i = 0; i < vectors.Length; i++)
        {
            if (!float.IsFinite(vectors[i]))
            {
                throw new ArgumentException(
                    $"Vector {i / dimensions} is {(float.IsNaN(vectors[i]) ? "NaN" : "infinite")} in dimension "
                    + $"{i % dimensions}; the projector shows finite numbers only.",
                    nameof(vectors));
            }
        }

        if (vectors.Length == dimensions)
        {
            throw new ArgumentException(
                "Expected at least two vectors, got one; TensorBoard's projector cannot show a single point.",
                nameof(vectors));
        }
    }

    private static EmbeddingColumn[] ColumnsOf(EmbeddingOptions options, int count)
    {
        IEnumerable<EmbeddingColumn> given = options.Columns ?? [];
        if (options.Labels is { } labels)
            given = given.Prepend(new EmbeddingColumn(LabelColumn, labels));

        var names = new HashSet<string>();
        var columns = new List<EmbeddingColumn>();
        foreach (EmbeddingColumn column in given)
        {
            if (column is not { Name.Length: > 0, Values: not null })
                throw new ArgumentException("A metadata column has no name or no values.", nameof(options));
            if (!names.Add(column.Name))
                throw new ArgumentException($"Two metadata columns are named '{column.Name}'.", nameof(options));
            Tag.ThrowIfNotUnicode(column.Name, nameof(options));
            string[] values = [.. column.Values];
            if (values.Length != count)
            {
                throw new ArgumentException(
                    $"Expected {count} values in the column '{column.Name}', one per vector, got {values.Length}.",
                    nameof(options));
            }

            foreach (string value in values)
                Tag.ThrowIfNotUnicode(value ?? "", nameof(options));
            columns.Add(column with { Values = values });
        }

        return [.. columns];
    }
}
